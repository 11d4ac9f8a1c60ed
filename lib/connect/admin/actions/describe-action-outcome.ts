import { z } from "zod";

import { RECONNECT_REASONS } from "#lib/connect/admin/accounts/describe-for-admin.ts";
import { refreshResultSchema, type RefreshResult } from "#lib/connect/admin/actions/judge-refresh.ts";
import type { LeavingOutcome } from "#lib/connect/disconnecting/describe-leaving.ts";
import { TROUBLES } from "#lib/connect/linked-accounts/describe-state.ts";
import type { MailOutcome } from "#lib/connect/mail/tell-person.ts";

/** The result of an action, for the page that follows. */
export type ActionOutcome = { tone: "success" | "info" | "warning"; text: string };

/** The parts of an audit log entry that determine the sentence. */
type Entry = { action: string; outcome: string; detail: unknown };

const revokedSchema = z.object({
  legrand: z.enum(["revoked", "later", "untold", "unreadable", "ended"] satisfies LeavingOutcome[]),
  mail: z.enum(["sent", "kept", "no_address", "failed"] satisfies MailOutcome[]),
});

/**
 * Describes the result of the user's own action, from the audit log entries that it left. Returns null if
 * there is nothing to say. Pure.
 */
export function describeActionOutcome(entries: readonly Entry[]): ActionOutcome | null {
  const last = entries.at(-1);
  if (!last) return null;
  switch (last.action) {
    case "linked_account.refresh_outcome":
      return describeRefresh(refreshResultSchema.safeParse(last.detail).data);
    case "linked_account.revoke_outcome":
      return describeRevocation(revokedSchema.safeParse(last.detail).data);
    case "linked_account.revoke":
      return last.outcome === "refused" ? describeRefusal(last.detail) : null;
    case "user.sign_out":
      return describeSignOut(z.object({ sessions: z.number() }).safeParse(last.detail).data?.sessions);
    default:
      return null;
  }
}

const TIME = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

function describeRefresh(result: RefreshResult | undefined): ActionOutcome | null {
  if (!result) return null;
  switch (result.result) {
    case "renewed":
      return { tone: "success", text: "The access is renewed." };
    case "asked_to_wait":
      return {
        tone: "warning",
        text: `Nothing was sent: Legrand asked to wait until ${TIME.format(new Date(result.until))} UTC. The connection is not lost.`,
      };
    case "unavailable":
      return {
        tone: "warning",
        text: `It was not renewed. ${TROUBLES[result.trouble]}. The connection is not lost, and Connect tries again automatically.`,
      };
    case "reconnect_needed":
      return {
        tone: "warning",
        text: `It was not renewed. ${result.reason === "scope_withdrawn" ? "A permission was taken back at Legrand." : RECONNECT_REASONS[result.reason]}`,
      };
    case "not_renewable":
      return {
        tone: "warning",
        text: "It was not renewed: Legrand gave no refresh token for it. Only the person can connect it again.",
      };
    case "under_way":
      return {
        tone: "info",
        text: "Legrand has not answered yet. The refresh continues, and its outcome will be in the history.",
      };
    case "disconnected":
      return { tone: "info", text: "The account is now disconnected, so nothing was renewed." };
  }
}

const AT_LEGRAND: Record<LeavingOutcome, string> = {
  revoked: "Its tokens are revoked at Legrand and deleted here.",
  later:
    "Its tokens are deleted here. Legrand could not be reached: Connect will tell it to revoke them as soon as possible.",
  untold:
    "Its tokens are deleted here. Legrand offers no way to revoke them: the person must remove the access there too.",
  unreadable:
    "Its tokens are deleted here. They could not be read, so Connect could not revoke them at Legrand: the person must remove the access there too.",
  ended: "Its access had already ended, so no token was left to revoke.",
};
const MAIL: Record<MailOutcome, string> = {
  sent: "The person gets a mail with the reason.",
  kept: "The mail to the person was not sent, because no SMTP server is set: it is kept in the data folder. Tell them yourself.",
  no_address:
    "The account has no e-mail address, so no mail was sent. The person sees the reason when they sign in.",
  failed: "The mail to the person could not be sent. Tell them yourself.",
};

function describeRevocation(told: z.infer<typeof revokedSchema> | undefined): ActionOutcome | null {
  if (!told) return null;
  const isDone = (told.legrand === "revoked" || told.legrand === "ended") && told.mail === "sent";
  return {
    tone: isDone ? "success" : "warning",
    text: `The account is disconnected. ${AT_LEGRAND[told.legrand]} ${MAIL[told.mail]}`,
  };
}

function describeRefusal(detail: unknown): ActionOutcome | null {
  const reason = z.object({ reason: z.string() }).safeParse(detail).data?.reason;
  if (reason === "already_disconnected")
    return { tone: "info", text: "The account was already disconnected. Nothing was changed." };
  if (reason === "last_administrator") {
    return {
      tone: "warning",
      text: "This is the only account of the last administrator: make another person an administrator first. Nothing was changed.",
    };
  }
  return null;
}

function describeSignOut(sessions: number | undefined): ActionOutcome | null {
  if (sessions === undefined) return null;
  if (sessions === 0) return { tone: "info", text: "The person had no session to end." };
  return {
    tone: "success",
    text: `The person is signed out everywhere: ${sessions === 1 ? "1 session" : `${sessions.toLocaleString("en")} sessions`} ended.`,
  };
}
