import type { AccountId } from "#lib/legrand/accounts/account-id.ts";
import type { ClientId } from "#lib/legrand/applications/client-id.ts";
import type { ActivationTime } from "#lib/legrand/applications/compatibility-constants.ts";
import { answerRefusal } from "#lib/legrand/smarther/answers.ts";
import type { CheckedAccess } from "#lib/legrand/smarther/calls.store.ts";
import type { ListedHome } from "#lib/legrand/smarther/listed-home.ts";

declare const proof: unique symbol;
/** Proof that a request has a live access token with the scope. Only `requireAccess` makes it. */
export type Access = {
  accountId: AccountId;
  clientId: ClientId;
  scopes: string[];
  /** The format of `activationTime` that the application chose. */
  activationTime: ActivationTime;
  /** The homes that the person shares with the application, by name. */
  homes: ListedHome[];
  readonly [proof]: true;
};

/** The access of a request, or the response that refuses it. */
export type AccessOutcome = { ok: true; access: Access } | { ok: false; response: Response };

/**
 * Returns the access of a call whose token was checked: a live token of this server whose grant still exists
 * and has the scope. The errors have the API's form, `{"statusCode":401,"message":"…"}`, and name the missing
 * scope (RFC 6750 §3). A 401 comes from the gateway and has that form in every API; a 403 has the form of
 * `forbid`.
 */
export function requireAccess(
  headers: Headers,
  checked: CheckedAccess,
  scope: string,
  forbid: typeof answerRefusal,
): AccessOutcome {
  // A request without a token receives no error code, only the challenge (RFC 6750 §3.1).
  if (!headers.has("authorization"))
    return refuse(answerRefusal(401, "Access denied due to missing access token.", challenge("Bearer")));
  switch (checked.refusal) {
    case "invalid_token":
      return refuse(
        answerRefusal(
          401,
          "Access denied due to invalid access token.",
          challenge('Bearer error="invalid_token"'),
        ),
      );
    case "suspended":
      return refuse(forbid(403, "The application is suspended by its developer.", challenge("Bearer")));
    case "insufficient_scope":
      return refuse(
        forbid(
          403,
          `The access token does not have the scope ${scope}.`,
          challenge(`Bearer error="insufficient_scope", scope="${scope}"`),
        ),
      );
    case null:
      return { ok: true, access: toAccess(checked) };
  }
}

const toAccess = ({
  accountId,
  clientId,
  scopes,
  activationTime,
  homes,
}: Extract<CheckedAccess, { refusal: null }>) =>
  ({ accountId, clientId, scopes, activationTime, homes }) as Access;

const refuse = (response: Response): AccessOutcome => ({ ok: false, response });

const challenge = (value: string) => ({ "www-authenticate": value });
