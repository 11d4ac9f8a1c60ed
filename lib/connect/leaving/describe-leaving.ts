/**
 * What became of the tokens at Legrand: revoked, to be revoked as soon as Legrand can be reached; or not to be revoked by us, because it
 * offers no way (`untold`), because their encryption key is gone (`unreadable`), or because there was none any more (`ended`).
 */
export type LeavingOutcome = "revoked" | "later" | "untold" | "unreadable" | "ended";

/** A sentence to be shown on the next page. */
export type LeavingNotice = { tone: "info" | "warning"; text: string };

const NOTICES: Record<"disconnected" | "deleted", Record<LeavingOutcome, LeavingNotice>> = {
  disconnected: {
    revoked: { tone: "info", text: "The account is disconnected. Its tokens are revoked at Legrand and deleted here." },
    later: { tone: "info", text: "The account is disconnected and its tokens are deleted here. Legrand could not be reached: Connect will tell it as soon as it can." },
    untold: { tone: "warning", text: "The account is disconnected and its tokens are deleted here. Legrand offers no way to be told: remove the access there too." },
    unreadable: { tone: "warning", text: "The account is disconnected and its tokens are deleted here. They could not be read, so Legrand was not told: remove the access there too." },
    ended: { tone: "info", text: "The account is disconnected. Its access had ended before, so no token was left to revoke." },
  },
  deleted: {
    revoked: { tone: "info", text: "Your Connect account and all that was stored about you are deleted. No access to a Legrand account is left." },
    later: { tone: "info", text: "Your Connect account and all that was stored about you are deleted. Legrand could not be reached: Connect will give your access back as soon as it can, and keeps nothing else." },
    untold: { tone: "warning", text: "Your Connect account and all that was stored about you are deleted. Legrand offers no way to be told: remove the access there too." },
    unreadable: { tone: "warning", text: "Your Connect account and all that was stored about you are deleted. Some tokens could not be read, so Legrand was not told of all: remove the access there too." },
    ended: { tone: "info", text: "Your Connect account and all that was stored about you are deleted. No access to a Legrand account was left." },
  },
};

/** What to say on the page that somebody is sent to after a disconnect or a deletion; `query` is that page's. Null when there is nothing to say. */
export function describeLeaving(query: Record<string, string | string[] | undefined>): LeavingNotice | null {
  for (const what of ["disconnected", "deleted"] as const) {
    const outcome = query[what];
    if (typeof outcome === "string" && Object.hasOwn(NOTICES[what], outcome)) return NOTICES[what][outcome as LeavingOutcome];
  }
  return null;
}
