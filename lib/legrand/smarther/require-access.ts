import { epochSeconds } from "#lib/clock.ts";
import { digest } from "#lib/crypto/digest.ts";
import type { ActivationTime } from "#lib/legrand/applications/compatibility-constants.ts";
import { findAccess } from "#lib/legrand/authorization-server/store.ts";
import { noteGrantUse } from "#lib/legrand/grants/note-grant-use.ts";
import { answerRefusal } from "#lib/legrand/smarther/answers.ts";

declare const proof: unique symbol;
/** Proof that a request came with a live access token that has the scope; made only by `requireAccess`. */
export type Access = {
  accountId: string;
  clientId: string;
  scopes: string[];
  /** How the application wants `activationTime`. */
  activationTime: ActivationTime;
  readonly [proof]: true;
};

/** The access that a request brings, or the response that refuses it. */
export type AccessOutcome = { ok: true; access: Access } | { ok: false; response: Response };

/**
 * Checks `Authorization: Bearer` (RFC 6750 §2.1): a token of ours, alive, whose grant stands and still has
 * the scope. The errors have the API's form, `{"statusCode":401,"message":"…"}`, and name the missing scope
 * (RFC 6750 §3). A 401 is the gateway's and has that form in every API; a 403 has the form of `forbid`.
 */
export async function requireAccess(
  request: Request,
  scope: string,
  forbid: typeof answerRefusal = answerRefusal,
): Promise<AccessOutcome> {
  const token = /^bearer +([\w-]{20,200})$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const found = token ? await findAccess(digest(token)) : null;
  // A request without any token is told only that it needs one (RFC 6750 §3.1).
  if (!request.headers.has("authorization"))
    return refuse(answerRefusal(401, "Access denied due to missing access token.", challenge("Bearer")));
  if (!found || found.payload.exp <= epochSeconds())
    return refuse(
      answerRefusal(
        401,
        "Access denied due to invalid access token.",
        challenge('Bearer error="invalid_token"'),
      ),
    );
  if (found.isSuspended)
    return refuse(forbid(403, "The application is suspended by its developer.", challenge("Bearer")));
  const { payload, grant } = found;
  const scopes = (payload.scope ?? "").split(" ").filter((name) => grant.grantedScopes.includes(name));
  if (!scopes.includes(scope)) {
    return refuse(
      forbid(
        403,
        `The access token does not have the scope ${scope}.`,
        challenge(`Bearer error="insufficient_scope", scope="${scope}"`),
      ),
    );
  }
  await noteGrantUse(grant);
  return {
    ok: true,
    access: {
      accountId: payload.accountId,
      clientId: payload.clientId,
      scopes,
      activationTime: found.activationTime,
    } as Access,
  };
}

const refuse = (response: Response): AccessOutcome => ({ ok: false, response });

const challenge = (value: string) => ({ "www-authenticate": value });
