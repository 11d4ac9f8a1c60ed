import type { IncomingRequest } from "#lib/http/incoming-request.ts";
import { epochSeconds } from "#lib/clock.ts";
import { digest } from "#lib/crypto/digest.ts";
import type { AccountId } from "#lib/legrand/accounts/account-id.ts";
import type { ClientId } from "#lib/legrand/applications/client-id.ts";
import type { ActivationTime } from "#lib/legrand/applications/compatibility-constants.ts";
import { findAccess } from "#lib/legrand/authorization-server/artifacts.store.ts";
import { recordGrantUse } from "#lib/legrand/grants/record-grant-use.ts";
import { answerRefusal } from "#lib/legrand/smarther/answers.ts";

declare const proof: unique symbol;
/** Proof that a request has a live access token with the scope. Only `requireAccess` makes it. */
export type Access = {
  accountId: AccountId;
  clientId: ClientId;
  scopes: string[];
  /** The format of `activationTime` that the application chose. */
  activationTime: ActivationTime;
  readonly [proof]: true;
};

/** The access of a request, or the response that refuses it. */
export type AccessOutcome = { ok: true; access: Access } | { ok: false; response: Response };

/**
 * Checks `Authorization: Bearer` (RFC 6750 §2.1): a live token of this server whose grant still exists and
 * has the scope. The errors have the API's form, `{"statusCode":401,"message":"…"}`, and name the missing
 * scope (RFC 6750 §3). A 401 comes from the gateway and has that form in every API; a 403 has the form of
 * `forbid`.
 */
export async function requireAccess(
  request: IncomingRequest,
  scope: string,
  forbid: typeof answerRefusal = answerRefusal,
): Promise<AccessOutcome> {
  const token = /^bearer +([\w-]{20,200})$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const found = token ? await findAccess(digest(token)) : null;
  // A request without a token receives no error code, only the challenge (RFC 6750 §3.1).
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
  await recordGrantUse(grant);
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
