import type { ReconnectReason, RefreshTrouble } from "#lib/db/generated/enums.ts";

/** A working access token, or the reason why no token is available. */
export type AccessTokenOutcome =
  | { ok: true; accessToken: string; tokenVersion: number; grantedScopes: string[] }
  /** Needs a person. The user has to connect again, or the operator has to provide a client secret or key. */
  | { ok: false; reason: "reconnect_needed"; reconnectReason: ReconnectReason }
  /** A retry may help, but not before `retryAt`. The grant is not lost. */
  | { ok: false; reason: "unavailable"; trouble: RefreshTrouble; retryAt: Date }
  /** The linked account does not exist, or it is disconnected. */
  | { ok: false; reason: "disconnected" };

/** Why the caller asks for a token. */
export type AskedFor = {
  /** The API refused the token of this version (401), so it is renewed although it has not expired. */
  rejected?: number;
  /**
   * The user asked for a renewal now. It happens even if the token has not expired and our own back-off is
   * not over. A wait that Legrand asked for (429) is still respected.
   */
  force?: boolean;
};
