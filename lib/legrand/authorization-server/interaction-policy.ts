import { errors, interactionPolicy, type KoaContextWithOIDC } from "oidc-provider";

import { isRedirectOwned } from "#lib/legrand/authorization-server/is-redirect-owned.ts";
import {
  isSuspended,
  loadedApplication,
  SUSPENDED,
} from "#lib/legrand/authorization-server/loaded-application.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { GRANT_MANAGEMENT_ACTIONS, REPLACE_GRANT } from "#lib/legrand/grants/grant-management.ts";
import { SELECT_ACCOUNT } from "#lib/legrand/authorization-server/prompts.ts";

/**
 * Refuses unknown scopes, which the library ignores. Outside of OpenID Connect, the client receives an error
 * for a mistyped scope (RFC 6749 §3.3).
 */
function refuseUnknownScopes(): boolean {
  const unknown = requestScope().unknownScopes;
  if (unknown.length) throw new errors.InvalidScope("requested scope is not known", unknown.join(" "));
  return interactionPolicy.Check.NO_NEED_TO_PROMPT;
}

/**
 * Refuses a request of a suspended application. The error goes to the application through the person's
 * browser, because the reply URL is proven by then (RFC 6749 §4.1.2.1).
 */
function refuseSuspended(ctx: KoaContextWithOIDC): boolean {
  if (isSuspended(ctx.oidc.client?.clientId)) throw new errors.UnauthorizedClient(SUSPENDED);
  return interactionPolicy.Check.NO_NEED_TO_PROMPT;
}

/**
 * Refuses an unknown `grant_management_action`. If it were ignored, the grant would not be changed in the way
 * that the client asked for.
 */
export function refuseUnknownAction(_ctx: KoaContextWithOIDC, value: string | undefined): void {
  if (value !== undefined && !GRANT_MANAGEMENT_ACTIONS.includes(value)) {
    throw new errors.InvalidRequest(
      `grant_management_action must be one of ${GRANT_MANAGEMENT_ACTIONS.join(", ")}`,
    );
  }
}

/** Asks the person to review the grant until they answer, even if the request contains nothing new. */
const askForReview = new interactionPolicy.Check(
  "grant_review",
  "the grant is to be replaced",
  "consent_required",
  ({ oidc }) => {
    const { REQUEST_PROMPT, NO_NEED_TO_PROMPT } = interactionPolicy.Check;
    return oidc.params?.grant_management_action === REPLACE_GRANT && !oidc.result?.consent
      ? REQUEST_PROMPT
      : NO_NEED_TO_PROMPT;
  },
);

/**
 * Asks the person each time if the redirect URI does not prove which application receives the code. Another
 * app on the phone may have claimed the same scheme or port, and would silently receive a code (RFC 8252
 * §8.6, OWASP ASVS 5.0, 10.7.1). Consent that was given in this interaction counts; earlier grants do not.
 */
const askEachTime = new interactionPolicy.Check(
  "unproven_redirect",
  "this application is confirmed each time",
  "consent_required",
  ({ oidc }) => {
    const { REQUEST_PROMPT, NO_NEED_TO_PROMPT } = interactionPolicy.Check;
    const application = loadedApplication(oidc.client!.clientId)!;
    return !isRedirectOwned(application, String(oidc.params?.redirect_uri)) && !oidc.result?.consent
      ? REQUEST_PROMPT
      : NO_NEED_TO_PROMPT;
  },
);

/**
 * Decides when a person must sign in, consent, or consent again, and refuses invalid requests before either
 * step.
 */
export function createInteractionPolicy() {
  const prompts = interactionPolicy.base();
  // This prompt is first, because the person then signs in as the account that they choose (OpenID Connect
  // Core §3.1.2.1).
  prompts.add(new interactionPolicy.Prompt({ name: SELECT_ACCOUNT, requestable: true }), 0);
  prompts
    .get(SELECT_ACCOUNT)!
    .checks.add(
      new interactionPolicy.Check("unknown_scope", "requested scope is not known", refuseUnknownScopes),
      0,
    );
  prompts
    .get(SELECT_ACCOUNT)!
    .checks.add(new interactionPolicy.Check("suspended", SUSPENDED, refuseSuspended), 0);
  // The library's own check for native clients also asks if an https address proves the application, and
  // answers with a different error.
  prompts.get("consent")!.checks.remove("native_client_prompt");
  prompts.get("consent")!.checks.add(askEachTime, 0);
  prompts.get("consent")!.checks.add(askForReview);
  return prompts;
}
