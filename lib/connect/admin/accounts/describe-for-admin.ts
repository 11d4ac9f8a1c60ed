import { nameScope } from "#lib/connect/cloud/scopes.ts";
import {
  describeState,
  describeTrouble,
  type DescribableAccount,
  type DescribedState,
} from "#lib/connect/linked-accounts/describe-state.ts";
import type { ReconnectReason } from "#lib/db/generated/enums.ts";

const LIST = new Intl.ListFormat("en-GB");

/** Why a linked account needs action, in words for administrators. The user sees other words. */
export const RECONNECT_REASONS: Record<Exclude<ReconnectReason, "scope_withdrawn">, string> = {
  revoked: "Access was removed at Legrand. Only the person can connect it again.",
  refresh_token_expired:
    "The access ended: it was not used for too long, or had lasted as long as Legrand allows. Only the person can connect it again.",
  client_secret_expired:
    "Legrand does not accept the client secret of Connect: it has expired, or was deleted. The person’s permissions are not lost. The connection works again with a new LEGRAND_CLIENT_SECRET.",
  key_lost:
    "The stored tokens cannot be read: their encryption key is not in TOKEN_ENCRYPTION_KEYS. They work again when the key is back. Without it, the person has to connect again.",
};

/**
 * Describes the state like the account page, but with a sentence for a reader who does not own the account.
 * Pure.
 */
export function describeForAdmin(
  account: DescribableAccount & { disconnectReason: string | null },
  at: Date,
): Pick<DescribedState, "state" | "tone" | "label" | "sentence"> {
  const { state, tone, label, sentence } = describeState(account, at);
  return { state, tone, label, sentence: ownSentence(account, at, state) ?? sentence };
}

function ownSentence(
  account: DescribableAccount & { disconnectReason: string | null },
  at: Date,
  state: DescribedState["state"],
): string | null {
  const { trouble, retryAt, reconnectReason, withdrawnScopes, disconnectReason } = account;
  switch (state) {
    case "connected":
      return "Access is renewed automatically.";
    case "unavailable":
      return `${describeTrouble(trouble!, retryAt, at)} The connection is not lost.`;
    case "reconnect_needed":
      return reconnectReason === "scope_withdrawn"
        ? describeWithdrawn(withdrawnScopes)
        : RECONNECT_REASONS[reconnectReason ?? "revoked"];
    case "disconnected":
      return disconnectReason
        ? `An administrator disconnected it: “${disconnectReason}”. Connect no longer stores a token of it.`
        : null;
    case "expires_soon":
      return null;
  }
}

function describeWithdrawn(scopes: string[]): string {
  const names = LIST.format(scopes.map((scope) => `“${nameScope(scope).label}”`)) || "A permission";
  const [were, them] = scopes.length > 1 ? ["were", "them"] : ["was", "it"];
  return `${names} ${were} taken back at Legrand. Everything else still works. The person can allow ${them} again, or continue without ${them}.`;
}
