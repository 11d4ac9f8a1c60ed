type By = "person" | "legrand" | "connect";

/**
 * One entry of the history of a linked account: what happened to it, and who did it. Never with a token in
 * it.
 */
export type LinkedAccountEvent =
  | {
      what: "connected" | "permissions_changed" | "scopes_withdrawn";
      by: By;
      detail: { added: string[]; removed: string[] };
    }
  | { what: "refresh_failed" | "reconnect_needed"; by: By; detail: { reason: string } }
  /**
   * Consecutive refreshes are one entry: how many, and when the first was (RFC 3339); the entry's time is
   * that of the last.
   */
  | { what: "refreshed"; by: "connect"; detail: { count: number; first: string } }
  | { what: "disconnected"; by: By; detail: Record<string, never> }
  /** `reason`: what the administrator told the person. Who it was, the audit log says. */
  | { what: "disconnected"; by: "administrator"; detail: { reason: string } };
