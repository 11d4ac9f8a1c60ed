/**
 * The states of a linked account as people see them, in the order in which they are listed. "Expires soon" is
 * a matter of the moment.
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

/** What they are called. */
export const STATE_LABELS: Record<ShownState, string> = {
  connected: "Connected",
  expires_soon: "Expires soon",
  unavailable: "Temporarily unavailable",
  reconnect_needed: "Reconnect needed",
  disconnected: "Disconnected",
};

/** How they are lit, where nothing more is known of an account. */
export const STATE_TONES = {
  connected: "success",
  expires_soon: "warning",
  unavailable: "warning",
  reconnect_needed: "danger",
  disconnected: "off",
} as const satisfies Record<ShownState, string>;
