import { decodeJwt } from "jose";

import { revokeTokens } from "#lib/connect/cloud/revoke.ts";
import { discardTokens } from "#lib/connect/tokens/discard-tokens.ts";
import { introspect } from "#lib/connect/tokens/introspect.ts";

/** Tokens that Legrand issued to a connect, as they came. `idToken` was not verified. */
export type IssuedTokens = {
  accessToken: string | null;
  refreshToken: string | null;
  idToken: string | null;
};

/** The id of the provider (lib/connect/legrand-provider.ts). */
const PROVIDER = "legrand";
/** OpenID Connect Core §2. Anything else is no row's, and may be text that a database cannot keep. */
const SUBJECT = /^[\x20-\x7e]{1,255}$/;

/**
 * Revokes the tokens of a connection that is not stored, so that Legrand lists no access that Connect does
 * not have. Tokens of an account that is connected here are dropped instead: a revocation would end its
 * grant, and the stored tokens with it (RFC 7009 §2.1). If nothing says whose tokens they are, one attempt is
 * made and nothing is kept for later, when the person may have connected again. `isTransient`: the next
 * attempt may well succeed. Then such tokens are dropped too.
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
 * Whose tokens they are, as far as they say it themselves. An id_token that did not verify counts here: a
 * false one can only keep tokens from being revoked.
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
