import type { ReconnectReason, RefreshTrouble } from "#lib/db/generated/enums.ts";

/** A working access token, or why there is none. */
export type AccessTokenOutcome =
  | { ok: true; accessToken: string; tokenVersion: number; grantedScopes: string[] }
  /** Only a person can put it right. */
  | { ok: false; reason: "reconnect_needed"; reconnectReason: ReconnectReason }
  /** Trying again may help, and not before that moment. The grant is not lost. */
  | { ok: false; reason: "unavailable"; trouble: RefreshTrouble; retryAt: Date }
  /** There is no such linked account, or it is history. */
  | { ok: false; reason: "disconnected" };

/** Why a token is asked for. */
export type AskedFor = {
  /** A token of that version was refused by the API (401), so it is renewed although its end has not come. */
  rejected?: number;
  /**
   * A person asked: it is renewed now, whatever its end and our own back-off. What Legrand said to wait (429)
   * is waited for.
   */
  force?: boolean;
};
