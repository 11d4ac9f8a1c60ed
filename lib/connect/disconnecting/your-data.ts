import { now } from "#lib/clock.ts";
import type { UserData } from "#lib/connect/disconnecting/your-data.store.ts";

/** Counts the stored data of each kind. */
export function countUserData({ accounts, sessions }: UserData): {
  connected: number;
  disconnected: number;
  events: number;
  sessions: number;
} {
  const connected = accounts.filter(({ state }) => state !== "disconnected").length;
  return {
    connected,
    disconnected: accounts.length - connected,
    sessions: sessions.length,
    events: accounts.reduce((sum, { events }) => sum + events.length, 0),
  };
}

const ABOUT =
  "Everything that Legrand Connect stores about you, except the tokens of your connected accounts and sessions. Those are stored encrypted or as hashes, and are left out because they give access.";

/** Returns the file that a user downloads: JSON for people and programs, times in UTC (RFC 3339). */
export function writeDownload({ accounts, sessions, ...user }: UserData): string {
  return JSON.stringify(
    {
      about: ABOUT,
      writtenAt: now(),
      user,
      linkedAccounts: accounts.map(({ providerAccountId, ...account }) => ({
        ...account,
        legrandId: providerAccountId,
      })),
      sessions: sessions.map(({ expires }) => ({ endsAt: expires })),
    },
    null,
    2,
  );
}
