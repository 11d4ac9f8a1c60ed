import { now } from "#lib/clock.ts";
import { digest } from "#lib/crypto/digest.ts";
import { isAccountId } from "#lib/legrand/accounts/account-id.ts";
import { findAccount, type Account } from "#lib/legrand/accounts/store.ts";
import { termsOf } from "#lib/legrand/applications/scope-terms-constants.ts";
import { findApplication, findScopeTerms, type Application } from "#lib/legrand/applications/store.ts";
import { loadApplication } from "#lib/legrand/authorization-server/load-application.ts";
import { isRedirectOwned } from "#lib/legrand/authorization-server/interaction-policy.ts";
import { findArtifact } from "#lib/legrand/authorization-server/artifacts.store.ts";
import { canChooseHomes, type HomeChoice } from "#lib/legrand/grants/shared-homes.ts";
import { findSharedHomes } from "#lib/legrand/grants/shared-homes.store.ts";
import { findGrant } from "#lib/legrand/grants/store.ts";
import { SCOPES, type Scope } from "#lib/legrand/scopes.ts";
import { askedScopes, isFixed, isReview } from "#lib/legrand/interactions/asked-scopes.ts";
import { canContinueAsSignedIn } from "#lib/legrand/interactions/can-continue-as-signed-in.ts";
import {
  beganInteraction,
  inInteraction,
  type Interaction,
} from "#lib/legrand/interactions/in-interaction.ts";

/**
 * How long after an answer the same request may be continued. It is long enough for a double click, not for a
 * visit next week.
 */
const CONTINUE_SECONDS = 30;

/** One requested scope as the consent page shows it. */
export type ConsentScope = Scope & {
  /** Granted with every Accept, so it is shown checked and cannot be unchecked. */
  fixed: boolean;
  checked: boolean;
  /** Why the application wants it, in its developer's words, or "". */
  reason: string;
  /** True if this person grants it to this application now. */
  granted: boolean;
};

/** An interaction with the data for its page. */
export type DescribedInteraction =
  | {
      state: "sign-in";
      application: Application;
      loginHint: string | undefined;
      /**
       * The signed-in account, if the person is asked to choose an account and may choose this one; otherwise
       * null.
       */
      signedIn: Account | null;
    }
  | {
      state: "consent";
      application: Application;
      account: Account;
      scopes: ConsentScope[];
      alreadyGranted: ConsentScope[];
      /** The homes to choose from, with those that are shared now ticked. Empty if there is no choice. */
      homes: HomeChoice[];
      isReview: boolean;
      /** True if the person has given this application access before. */
      hasGrant: boolean;
      redirectUri: string;
      /**
       * True if the person is asked each time, because the redirect URI does not prove which application
       * receives the response.
       */
      isUnproven: boolean;
    }
  | EndedInteraction;

/** An interaction that can no longer be answered, with what is known about it. */
export type EndedInteraction = {
  state: "ended";
  reason: "expired" | "answered" | "unknown" | "other_account";
  application: Application | null;
  /** URL that continues the same authorization request while the client still waits for it. */
  continueUrl: string | null;
};

/** Describes the page of the interaction `uid` for the browser that sent these headers. */
export async function describeInteraction(uid: string, headers: Headers): Promise<DescribedInteraction> {
  const live = await inInteraction(uid, headers, ({ interaction }) => describe(interaction));
  return live ?? describeEnded(uid, headers);
}

async function describe(interaction: Interaction): Promise<DescribedInteraction | null> {
  const params = interaction.params as Record<string, string | undefined>;
  const application = await loadApplication(params.client_id!);
  if (!application) return null;
  const accountId = interaction.prompt.name === "consent" ? interaction.session?.accountId : undefined;
  if (!isAccountId(accountId)) {
    const signedIn = canContinueAsSignedIn(interaction)
      ? await findAccount(interaction.session!.accountId)
      : null;
    return { state: "sign-in", application, loginHint: params.login_hint, signedIn };
  }
  const [account, grant, shared, terms] = await Promise.all([
    findAccount(accountId),
    findGrant(accountId, application.clientId),
    findSharedHomes(accountId, application.clientId),
    findScopeTerms(application.clientId),
  ]);
  if (!account) return null;
  const granted = new Set(grant?.grantedScopes);
  const review = isReview(params, grant);
  const names = askedScopes(params.scope, application, review);
  const requested = SCOPES.filter((scope) => names.includes(scope.name)).map((scope) => {
    const { level, reason } = termsOf(terms, scope.name);
    return {
      ...scope,
      reason,
      fixed: isFixed(terms, scope.name),
      checked: review ? granted.has(scope.name) : level !== "optional",
      granted: granted.has(scope.name),
    };
  });
  return {
    state: "consent",
    application,
    account,
    homes: canChooseHomes(shared) ? shared.homes : [],
    redirectUri: params.redirect_uri!,
    isReview: review,
    hasGrant: grant !== null,
    isUnproven: !isRedirectOwned(application, params.redirect_uri!),
    // Granted scopes are shown if they can be changed. If only new scopes are requested, the granted ones are
    // collapsed.
    scopes: requested.filter((scope) => review || !granted.has(scope.name)),
    alreadyGranted: requested.filter((scope) => !review && granted.has(scope.name)),
  };
}

async function describeEnded(uid: string, headers: Headers): Promise<EndedInteraction> {
  const artifact = await findArtifact("Interaction", digest(uid));
  if (!artifact) return { state: "ended", reason: "unknown", application: null, continueUrl: null };
  const { params, exp, result } = artifact.payload as {
    params: Record<string, string>;
    exp: number;
    result?: { error?: string };
  };
  const [application, isOwner] = await Promise.all([
    findApplication(params.client_id!),
    beganInteraction(uid, headers),
  ]);
  const seconds = now().getTime() / 1000;
  const isFresh =
    artifact.consumedAt !== null && seconds - artifact.consumedAt < CONTINUE_SECONDS && !result?.error;
  const reason = artifact.consumedAt
    ? "answered"
    : exp <= seconds
      ? "expired"
      : isOwner
        ? "other_account"
        : "unknown";
  return {
    state: "ended",
    reason,
    application,
    continueUrl: isFresh && isOwner ? authorizeUrl(withoutPrompt(params)) : null,
  };
}

/** Returns the authorization request that began an interaction, as a path with its query. */
export function authorizeUrl(params: Record<string, unknown>): string {
  const strings = Object.entries(params).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return `/legrand/authorize?${new URLSearchParams(strings)}`;
}

/**
 * Removes the parameters that made Legrand ask although nothing is new, because it has asked and the person
 * has answered.
 */
function withoutPrompt({
  prompt: _prompt,
  grant_management_action: _action,
  ...params
}: Record<string, string>): Record<string, string> {
  return params;
}

/**
 * Returns where the same authorization request continues after a double click on **Accept**, or null if it is
 * too late.
 */
export async function continueInteraction(uid: string, headers: Headers): Promise<string | null> {
  return (await describeEnded(uid, headers)).continueUrl;
}
