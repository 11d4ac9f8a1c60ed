import type { AuditAction, AuditOutcome } from "#lib/connect/audit/audit-entry.ts";

/** What was done, in words that stand behind a name. A `Record`, so that a new action without its words does not compile. */
export const ACTION_WORDS: Record<AuditAction, string> = {
  "linked_account.refresh": "Refreshed the access of",
  "linked_account.refresh_outcome": "Heard what came of the refresh of",
  "linked_account.revoke": "Revoked the access of",
  "linked_account.revoke_outcome": "Heard what came of the revocation of",
  "linked_account.export": "Exported linked accounts",
  "user.sign_out": "Signed out everywhere",
  "user.role": "Changed the role of",
  "user.role_by_environment": "Became administrator by ADMIN_EMAILS",
  "bulk_revocation.start": "Started a bulk revocation",
  "bulk_revocation.stop": "Stopped a bulk revocation",
  "bulk_revocation.end": "Ended a bulk revocation",
  "audit_log.export": "Exported the audit log",
  "admin.enter": "Tried to open the administration",
};

/** How it ended, in a word. */
export const OUTCOME_WORDS: Record<AuditOutcome, string> = { done: "Done", refused: "Refused", failed: "Failed" };
