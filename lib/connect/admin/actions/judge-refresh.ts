import { z } from "zod";

import { ReconnectReason, RefreshTrouble } from "#lib/db/generated/enums.ts";

/** The columns of an account that determine the result. */
export type RefreshState = {
  state: string;
  reconnectReason: ReconnectReason | null;
  trouble: RefreshTrouble | null;
  retryAt: Date | null;
  tokenVersion: number;
  refreshToken: string | null;
};

/**
 * The result of a refresh that an administrator requested, as stored in the audit log. `until` is RFC 3339.
 */
export const refreshResultSchema = z.discriminatedUnion("result", [
  z.object({ result: z.literal("renewed") }),
  /** Legrand asked to wait until `until` (429), so nothing was sent. */
  z.object({ result: z.literal("asked_to_wait"), until: z.string() }),
  z.object({ result: z.literal("unavailable"), trouble: z.enum(RefreshTrouble) }),
  z.object({ result: z.literal("reconnect_needed"), reason: z.enum(ReconnectReason) }),
  /** There is no refresh token, so only the user can get a new access token. */
  z.object({ result: z.literal("not_renewable") }),
  z.object({ result: z.literal("under_way") }),
  z.object({ result: z.literal("disconnected") }),
]);

/** The result of a refresh that an administrator requested, as a type. */
export type RefreshResult = z.infer<typeof refreshResultSchema>;

/**
 * Determines the result from the row before and after. `hasToken` is true if the caller received an access
 * token, which may be the previous one. Pure.
 */
export function judgeRefresh(
  before: RefreshState | null,
  after: RefreshState | null,
  hasToken: boolean,
  at: Date,
): RefreshResult {
  if (!before || !after || after.state === "disconnected") return { result: "disconnected" };
  if (hasToken && after.tokenVersion > before.tokenVersion) return { result: "renewed" };
  const { state, reconnectReason, trouble, retryAt } = after;
  if (state === "reconnect_needed" && reconnectReason && reconnectReason !== "scope_withdrawn")
    return { result: "reconnect_needed", reason: reconnectReason };
  if (trouble === "rate_limited" && retryAt && retryAt > at)
    return { result: "asked_to_wait", until: retryAt.toISOString() };
  if (trouble) return { result: "unavailable", trouble };
  return { result: after.refreshToken === null ? "not_renewable" : "under_way" };
}
