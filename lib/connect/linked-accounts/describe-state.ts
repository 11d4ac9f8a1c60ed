import { nameScope } from "#lib/connect/cloud/scopes.ts";
import { STATE_LABELS, STATE_TONES, type ShownState } from "#lib/connect/linked-accounts/state-constants.ts";
import type { LinkedAccountState, ReconnectReason, RefreshTrouble } from "#lib/db/generated/enums.ts";

/** The columns that determine the state of a linked account. */
export type DescribableAccount = {
  state: LinkedAccountState;
  reconnectReason: ReconnectReason | null;
  withdrawnScopes: string[];
  trouble: RefreshTrouble | null;
  retryAt: Date | null;
  refreshTokenExpiresAt: Date | null;
  refreshTokenFinal: boolean;
  disconnectedAt: Date | null;
};

/**
 * The state in words. `action` is what the user can do about it; `ask_again` asks for the withdrawn scopes.
 * `canAcceptLoss` is true if the user may continue without those scopes.
 */
export type DescribedState = {
  state: ShownState;
  tone: (typeof STATE_TONES)[ShownState];
  label: string;
  sentence: string;
  action: "reconnect" | "ask_again" | "retry" | null;
  actionLabel: string | null;
  canAcceptLoss: boolean;
};

/** Access that ends within this time is shown as "expires soon". */
export const SOON_MS = 7 * 24 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const DATE = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const TIME = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: "UTC" });
const LIST = new Intl.ListFormat("en-GB");

/** Describes the state of a linked account at `at`. Pure. */
export function describeState(account: DescribableAccount, at: Date): DescribedState {
  const { state, reconnectReason, trouble, refreshTokenExpiresAt, refreshTokenFinal } = account;
  if (state === "disconnected") return disconnected(account);
  if (state === "reconnect_needed" && reconnectReason !== "scope_withdrawn")
    return reconnectNeeded(reconnectReason ?? "revoked");
  // Comes before "scope withdrawn", because that sentence says that everything else works.
  if (trouble) return unavailable(trouble, account.retryAt, at);
  if (state === "reconnect_needed") return scopeWithdrawn(account.withdrawnScopes);
  if (refreshTokenExpiresAt && refreshTokenExpiresAt.getTime() - at.getTime() < SOON_MS)
    return expiresSoon(refreshTokenExpiresAt, refreshTokenFinal);
  return {
    ...PLAIN,
    ...shown("connected"),
    sentence: "Access is renewed automatically. You can end it at any time.",
  };
}

const shown = (state: ShownState) => ({ state, tone: STATE_TONES[state], label: STATE_LABELS[state] });

const PLAIN = { action: null, actionLabel: null, canAcceptLoss: false };
const TRY_NOW = { action: "retry", actionLabel: "Try now" } as const;
const RECONNECT = { action: "reconnect", actionLabel: "Connect again" } as const;

function disconnected({ disconnectedAt }: DescribableAccount): DescribedState {
  const since = disconnectedAt ? ` since ${DATE.format(disconnectedAt)}` : "";
  return {
    ...PLAIN,
    ...RECONNECT,
    ...shown("disconnected"),
    sentence: `Not connected${since}. Connect no longer stores a token of it.`,
  };
}

function expiresSoon(end: Date, isFinal: boolean): DescribedState {
  if (isFinal)
    return {
      ...PLAIN,
      ...RECONNECT,
      ...shown("expires_soon"),
      sentence: `Access ends on ${DATE.format(end)}. Legrand does not extend it without a new consent.`,
    };
  return {
    ...PLAIN,
    ...shown("expires_soon"),
    action: "retry",
    actionLabel: "Renew now",
    sentence: `Access ends on ${DATE.format(end)} unless it is renewed.`,
  };
}

const NEEDS: Record<
  Exclude<ReconnectReason, "scope_withdrawn">,
  Pick<DescribedState, "sentence" | "action" | "actionLabel">
> = {
  revoked: {
    ...RECONNECT,
    sentence: "Access was removed at Legrand. Connect again to restore it.",
  },
  refresh_token_expired: {
    ...RECONNECT,
    sentence:
      "The access ended: it was not used for too long, or had lasted as long as Legrand allows. Connect again to continue.",
  },
  client_secret_expired: {
    action: "retry",
    actionLabel: "Try again",
    sentence:
      "Legrand does not accept the client secret of this application: it has expired, or was deleted. Your permissions are not lost. The connection works again when the operator of this application has set a new secret.",
  },
  key_lost: {
    ...RECONNECT,
    sentence:
      "The stored tokens can no longer be read, because their encryption key is missing. Nothing changed at Legrand. Connect again to get new ones.",
  },
};

function reconnectNeeded(reason: Exclude<ReconnectReason, "scope_withdrawn">): DescribedState {
  return { ...PLAIN, ...NEEDS[reason], ...shown("reconnect_needed") };
}

function scopeWithdrawn(scopes: string[]): DescribedState {
  const names = LIST.format(scopes.map((scope) => `“${nameScope(scope).label}”`));
  return {
    ...shown("reconnect_needed"),
    // The account still works, so "Reconnect needed" would contradict the sentence.
    label: "Permission lost",
    tone: "warning",
    action: "ask_again",
    actionLabel: "Ask Legrand again",
    canAcceptLoss: true,
    sentence: `${names || "A permission"} ${scopes.length > 1 ? "were" : "was"} taken back at Legrand. Everything else still works. You can allow ${scopes.length > 1 ? "them" : "it"} again, or continue without ${scopes.length > 1 ? "them" : "it"}.`,
  };
}

/** Why the last refresh failed, in words. */
export const TROUBLES: Record<RefreshTrouble, string> = {
  unreachable: "Legrand does not answer",
  rate_limited: "Legrand asked us to wait",
  server_error: "Legrand reported an error on its side",
  unusable_answer: "Legrand’s answer could not be used",
  not_admitted: "Legrand is not accepting this application: it may be suspended",
};

function unavailable(trouble: RefreshTrouble, retryAt: Date | null, at: Date): DescribedState {
  // Legrand asked for a wait, so it would refuse a retry before `retryAt`.
  const mustWait = trouble === "rate_limited" && retryAt !== null && retryAt > at;
  return {
    ...PLAIN,
    ...(mustWait ? {} : TRY_NOW),
    ...shown("unavailable"),
    sentence: `${describeTrouble(trouble, retryAt, at)} Your connection is not lost.`,
  };
}

/** Describes the problem and the time of the next try, in a sentence for both users and administrators. */
export function describeTrouble(trouble: RefreshTrouble, retryAt: Date | null, at: Date): string {
  return `${TROUBLES[trouble]}; ${describeRetry(retryAt, at)}.`;
}

function describeRetry(retryAt: Date | null, at: Date): string {
  if (!retryAt || retryAt <= at) return "the next try is due now";
  const isFar = retryAt.getTime() - at.getTime() > DAY_MS;
  return `next try ${isFar ? `on ${DATE.format(retryAt)} ` : ""}at ${TIME.format(retryAt)} UTC`;
}
