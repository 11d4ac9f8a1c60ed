import type { LinkedAccount } from "#lib/connect/linked-accounts/store.ts";
export type AccountState = { state: "connected" | "expires_soon" | "reconnect_needed" | "unavailable" | "disconnected"; tone: "success" | "warning" | "danger" | "neutral"; label: string; sentence: string; action: "reconnect" | "ask_again" | "retry" | null; actionLabel: string | null; canAcceptLoss: boolean };
export function describeState(account: LinkedAccount, _now: Date): AccountState {
  if (account.state === "connected") return { state: "connected", tone: "success", label: "Connected", sentence: "Connect has access.", action: null, actionLabel: null, canAcceptLoss: false };
  if (account.state === "disconnected") return { state: "disconnected", tone: "neutral", label: "Disconnected", sentence: "Disconnected.", action: null, actionLabel: null, canAcceptLoss: false };
  const isScope = account.reconnectReason === "scope_withdrawn";
  return { state: "reconnect_needed", tone: "warning", label: "Reconnect needed", sentence: "The access was removed at Legrand. Reconnect.", action: isScope ? "ask_again" : "reconnect", actionLabel: isScope ? "Ask again" : "Reconnect", canAcceptLoss: isScope };
}
