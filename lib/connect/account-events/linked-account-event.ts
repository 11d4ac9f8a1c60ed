type By = "person" | "legrand" | "connect";

/** One entry of a linked account's history: what happened, and who did it. Never contains a token. */
export type LinkedAccountEvent =
  | {
      what: "connected" | "permissions_changed" | "scopes_withdrawn";
      by: By;
      detail: { added: string[]; removed: string[] };
    }
  | { what: "refresh_failed" | "reconnect_needed"; by: By; detail: { reason: string } }
  /**
   * Consecutive refreshes share one entry: `count` is how many there were, `first` the time of the first one
   * (RFC 3339). The entry's own time is that of the last refresh.
   */
  | { what: "refreshed"; by: "connect"; detail: { count: number; first: string } }
  | { what: "disconnected"; by: By; detail: Record<string, never> }
  /** `reason` is what the administrator told the user. The audit log says which administrator it was. */
  | { what: "disconnected"; by: "administrator"; detail: { reason: string } };
