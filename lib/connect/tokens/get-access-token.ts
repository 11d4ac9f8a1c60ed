export type AccessTokenOutcome =
  | { ok: true; accessToken: string; tokenVersion: number; grantedScopes: string[] }
  | { ok: false; reason: "reconnect_needed"; reconnectReason: string }
  | { ok: false; reason: "unavailable"; trouble: string; retryAt: Date }
  | { ok: false; reason: "disconnected" };
export async function getAccessToken(_linkedAccountId: string, _options?: { rejected?: number; force?: boolean }): Promise<AccessTokenOutcome> {
  throw new Error("stub");
}
