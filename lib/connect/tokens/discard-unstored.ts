import { decodeJwt } from "jose";

import { revokeTokens } from "#lib/connect/cloud/revoke.ts";
import { discardTokens } from "#lib/connect/tokens/discard-tokens.ts";
import { introspect } from "#lib/connect/tokens/introspect.ts";

/** The tokens that Legrand issued during a connect, unprocessed. `idToken` is not verified. */
export type IssuedTokens = {
  accessToken: string | null;
  refreshToken: string | null;
  idToken: string | null;
};

/** The id of the provider (lib/connect/legrand-provider.ts). */
const PROVIDER = "legrand";
/** OpenID Connect Core §2. No row can have any other value, and the database may not be able to store it. */
const SUBJECT = /^[\x20-\x7e]{1,255}$/;

/**
 * Revokes the tokens of a connection that is not stored. Otherwise Legrand would list access that Connect
 * does not have. If the account is connected here, the tokens are dropped instead, because a revocation would
 * end its grant and the stored tokens with it (RFC 7009 §2.1).
 *
 * If nothing says which account the tokens belong to, makes one attempt and stores nothing for later, because
 * by then the user may have connected again. `isTransient` means that the next attempt may well succeed. In
 * that case such tokens are dropped too.
 */
export async function discardUnstored(
  issued: IssuedTokens,
  { isTransient }: { isTransient: boolean },
): Promise<void> {
  if (!issued.accessToken && !issued.refreshToken) return;
  const providerAccountId = await findSubject(issued);
  if (providerAccountId) await discardTokens({ provider: PROVIDER, providerAccountId }, issued);
  else if (!isTransient) await revokeTokens(issued, () => Promise.resolve(true));
}

/**
 * Finds the subject that the tokens claim, or returns null. Accepts an unverified id_token, because a forged
 * one can only prevent a revocation.
 */
async function findSubject({ accessToken, idToken }: IssuedTokens): Promise<string | null> {
  const claimed = idToken === null ? null : readSubject(idToken);
  const subject =
    claimed ?? (accessToken === null ? null : ((await introspect(accessToken))?.subject ?? null));
  return subject !== null && SUBJECT.test(subject) ? subject : null;
}

function readSubject(idToken: string): string | null {
  try {
    const { sub } = decodeJwt(idToken);
    return typeof sub === "string" ? sub : null;
  } catch {
    return null;
  }
}
