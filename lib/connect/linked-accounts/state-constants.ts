/**
 * The states of a linked account as users see them, in list order. "Expires soon" depends on the current
 * time.
 */
export const SHOWN_STATES = [
  "connected",
  "expires_soon",
  "unavailable",
  "reconnect_needed",
  "disconnected",
] as const;
/** A state as it is shown. */
export type ShownState = (typeof SHOWN_STATES)[number];

/** The label of each state. */
export const STATE_LABELS: Record<ShownState, string> = {
  connected: "Connected",
  expires_soon: "Expires soon",
  unavailable: "Temporarily unavailable",
  reconnect_needed: "Reconnect needed",
  disconnected: "Disconnected",
};

/** The colour tone of each state, if nothing else is known about an account. */
export const STATE_TONES = {
  connected: "success",
  expires_soon: "warning",
  unavailable: "warning",
  reconnect_needed: "danger",
  disconnected: "off",
} as const satisfies Record<ShownState, string>;
