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
 * The library passes over scopes that it does not know. Outside of OpenID Connect the client receives an
 * error for a mistyped scope (RFC 6749 §3.3).
 */
function refuseUnknownScopes(): boolean {
  const unknown = requestScope().unknownScopes;
  if (unknown.length) throw new errors.InvalidScope("requested scope is not known", unknown.join(" "));
  return interactionPolicy.Check.NO_NEED_TO_PROMPT;
}

/**
 * Said to the application, over the person's browser: the reply URL is proven by then (RFC 6749 §4.1.2.1).
 */
function refuseSuspended(ctx: KoaContextWithOIDC): boolean {
  if (isSuspended(ctx.oidc.client?.clientId)) throw new errors.UnauthorizedClient(SUSPENDED);
  return interactionPolicy.Check.NO_NEED_TO_PROMPT;
}

/**
 * A word for what shall become of the grant, if there is one, has to be understood: passed over, it would do
 * something else.
 */
export function refuseUnknownAction(_ctx: KoaContextWithOIDC, value: string | undefined): void {
  if (value !== undefined && !GRANT_MANAGEMENT_ACTIONS.includes(value)) {
    throw new errors.InvalidRequest(
      `grant_management_action must be one of ${GRANT_MANAGEMENT_ACTIONS.join(", ")}`,
    );
  }
}

/** Shows what is granted, to be changed, until it was answered: also where nothing new is asked for. */
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
 * Asks the person each time where the redirect proves nothing about the application that takes it: another
 * app on the phone may have claimed the same scheme or port, and would get a code without a word (RFC 8252
 * §8.6, OWASP ASVS 5.0, 10.7.1). The consent that was given in this interaction counts; what was granted
 * earlier does not.
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

/** When a person has to sign in, to decide, or to decide anew; and what is refused before either. */
export function createInteractionPolicy() {
  const prompts = interactionPolicy.base();
  // First: the person signs in as the account that they choose (OpenID Connect Core §3.1.2.1).
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
  // The library's own check for native clients asks also where an https address proves the application, and
  // answers another error.
  prompts.get("consent")!.checks.remove("native_client_prompt");
  prompts.get("consent")!.checks.add(askEachTime, 0);
  prompts.get("consent")!.checks.add(askForReview);
  return prompts;
}
