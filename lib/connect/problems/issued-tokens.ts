import { decodeJwt } from "jose";

import { isRecord, readCloudJson } from "#lib/connect/cloud/read-cloud-json.ts";
import { revokeTokens } from "#lib/connect/cloud/revoke.ts";
import { setIssuedTokens, type IssuedTokens } from "#lib/connect/problems/problem.ts";
import { discardTokens } from "#lib/connect/tokens/discard-tokens.ts";
import { introspect } from "#lib/connect/tokens/introspect.ts";

const LIMIT_BYTES = 64 * 1024;
/** Statuses whose answers have no body. */
const BODILESS = [204, 205, 304];
/** Headers that describe the original body. They are dropped because the body is written again. */
const OF_BODY = ["content-encoding", "content-length", "transfer-encoding"];

/**
 * Wraps the `fetch` function `ask`, so that `catchProblem` knows which tokens were received. Looks only
 * at POST, which next-auth sends only to the token endpoint. Reads at most 64 KB of such an answer. A longer
 * body, or one that is not JSON, is passed on as an empty body.
 */
export function captureTokens(ask: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await ask(input, init);
    if (init?.method !== "POST") return response;
    const body = await readCloudJson(response, LIMIT_BYTES);
    if (isRecord(body))
      setIssuedTokens({
        accessToken: textOf(body.access_token),
        refreshToken: textOf(body.refresh_token),
        idToken: textOf(body.id_token),
      });
    const { status } = response;
    const headers = new Headers([...response.headers].filter(([name]) => !OF_BODY.includes(name)));
    return new Response(BODILESS.includes(status) || body === undefined ? null : JSON.stringify(body), {
      status,
      headers,
    });
  };
}

const textOf = (value: unknown) => (typeof value === "string" && value ? value : null);

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
