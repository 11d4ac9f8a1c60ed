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
