import { z } from "zod";

import { ReconnectReason, RefreshTrouble } from "#lib/db/generated/enums.ts";

/** As much of a row as the outcome is told from. */
type Row = {
  state: string;
  reconnectReason: ReconnectReason | null;
  trouble: RefreshTrouble | null;
  retryAt: Date | null;
  tokenVersion: number;
  refreshToken: string | null;
};

/** What came of a refresh that an administrator asked for, as the audit log keeps it; `until` is RFC 3339. */
export const refreshResultSchema = z.discriminatedUnion("result", [
  z.object({ result: z.literal("renewed") }),
  /** Legrand asked to wait until then (429); nothing was sent. */
  z.object({ result: z.literal("asked_to_wait"), until: z.string() }),
  z.object({ result: z.literal("unavailable"), trouble: z.enum(RefreshTrouble) }),
  z.object({ result: z.literal("reconnect_needed"), reason: z.enum(ReconnectReason) }),
  /** There is no refresh token: only the person gets a new access token. */
  z.object({ result: z.literal("not_renewable") }),
  z.object({ result: z.literal("under_way") }),
  z.object({ result: z.literal("disconnected") }),
]);

/** That, as a type. */
export type RefreshResult = z.infer<typeof refreshResultSchema>;

/**
 * Tells it from the row before and after; `hasToken`: whether an access token was handed out, which may be
 * the former one. Pure.
 */
export function judgeRefresh(
  before: Row | null,
  after: Row | null,
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
