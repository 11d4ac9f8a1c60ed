/**
 * What happened to the tokens at Legrand.
 *
 * - `revoked`: they are revoked.
 * - `later`: they will be revoked as soon as Legrand can be reached.
 * - `untold`: Legrand offers no revocation.
 * - `unreadable`: they cannot be revoked, because their encryption key is gone.
 * - `ended`: no tokens were left to revoke.
 */
export type LeavingOutcome = "revoked" | "later" | "untold" | "unreadable" | "ended";

/** A sentence for the next page. */
export type LeavingNotice = { tone: "info" | "warning"; text: string };

const NOTICES: Record<"disconnected" | "deleted", Record<LeavingOutcome, LeavingNotice>> = {
  disconnected: {
    revoked: {
      tone: "info",
      text: "{account} is disconnected. Its tokens are revoked at Legrand and deleted here.",
    },
    later: {
      tone: "info",
      text: "{account} is disconnected and its tokens are deleted here. Legrand could not be reached: Connect will tell it to revoke them as soon as possible.",
    },
    untold: {
      tone: "warning",
      text: "{account} is disconnected and its tokens are deleted here. Legrand offers no way to revoke them: remove the access there too.",
    },
    unreadable: {
      tone: "warning",
      text: "{account} is disconnected and its tokens are deleted here. They could not be read, so Connect could not revoke them at Legrand: remove the access there too.",
    },
    ended: {
      tone: "info",
      text: "{account} is disconnected. Its access had already ended, so no token was left to revoke.",
    },
  },
  deleted: {
    revoked: {
      tone: "info",
      text: "Your Connect account and all data stored about you are deleted. No access to a Legrand account is left.",
    },
    later: {
      tone: "info",
      text: "Your Connect account and all data stored about you are deleted. Legrand could not be reached: Connect will revoke its access as soon as possible, and keeps only the tokens for that.",
    },
    untold: {
      tone: "warning",
      text: "Your Connect account and all data stored about you are deleted. Legrand offers Connect no way to revoke its access: remove the access there too.",
    },
    unreadable: {
      tone: "warning",
      text: "Your Connect account and all data stored about you are deleted. Some tokens could not be read, so Connect could not revoke all of them at Legrand: remove the access there too.",
    },
    ended: {
      tone: "info",
      text: "Your Connect account and all data stored about you are deleted. No access to a Legrand account was left.",
    },
  },
};

const LAST_ADMINISTRATOR: LeavingNotice = {
  tone: "warning",
  text: "You are the last administrator of Connect, so nothing was disconnected or deleted. Make another user an administrator first.",
};

/**
 * How long the notice waits for the next page, in its cookie (lib/connect/linked-accounts/account-notice.ts).
 * A disconnect counts as recent for the same time, so that a notice never names an account that was
 * disconnected before.
 */
export const NOTICE_LIFETIME_SECONDS = 60;

/** The parts of a linked account that the sentence needs. */
type Left = { name: string | null; email: string | null; disconnectedAt: Date | null };

/** The result of a disconnect or of a deletion, as the next page receives it. */
type Leaving =
  { about: "disconnected" | "deleted"; outcome: LeavingOutcome } | { about: "last_administrator" };

/**
 * Describes the result of a disconnect or a deletion. `accounts` are those of a user who is still signed in,
 * so that the account that was just disconnected can be named. Returns null if none of them was.
 */
export function describeLeaving(
  notice: Leaving,
  accounts: readonly Left[] | null,
  now: Date,
): LeavingNotice | null {
  if (notice.about === "last_administrator") return LAST_ADMINISTRATOR;
  const { tone, text } = NOTICES[notice.about][notice.outcome];
  const name = accounts ? nameOfLeft(accounts, now) : "The account";
  return name === null ? null : { tone, text: text.replace("{account}", () => name) };
}

/** Returns the name of the most recently disconnected account, or null if that was not recent. */
function nameOfLeft(accounts: readonly Left[], now: Date): string | null {
  const timeOf = ({ disconnectedAt }: Left) => disconnectedAt?.getTime() ?? 0;
  const [last] = accounts
    .filter((one) => now.getTime() - timeOf(one) < NOTICE_LIFETIME_SECONDS * 1000)
    .sort((a, b) => timeOf(b) - timeOf(a));
  return last ? (last.email ?? last.name ?? "The account") : null;
}
