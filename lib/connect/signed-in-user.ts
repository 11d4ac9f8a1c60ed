declare const proof: unique symbol;

/** Proof that somebody is signed in at Connect; made only by `requireUser` and `findUser` (lib/connect/auth.ts). */
export type SignedInUser = { userId: string; name: string | null; readonly [proof]: true };
