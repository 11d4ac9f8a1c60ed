import type { AuditAction, AuditOutcome } from "#lib/connect/audit/audit-entry.ts";

/**
 * The label of each audited action, to be shown next to its outcome. A `Record`, so that a new action without
 * a label does not compile.
 */
export const ACTION_WORDS: Record<AuditAction, string> = {
  "linked_account.refresh": "Refresh",
  "linked_account.refresh_outcome": "Refresh, its result",
  "linked_account.revoke": "Revocation",
  "linked_account.revoke_outcome": "Revocation, its result",
  "linked_account.export": "Export of linked accounts",
  "user.sign_out": "Sign-out everywhere",
  "user.role": "Change of a role",
  "user.role_by_environment": "Administrator by ADMIN_EMAILS",
  "bulk_revocation.start": "Bulk revocation, start",
  "bulk_revocation.stop": "Bulk revocation, stop",
  "bulk_revocation.end": "Bulk revocation, end",
  "audit_log.export": "Export of the audit log",
  "admin.enter": "Opening the administration",
};

/** The label of each outcome. */
export const OUTCOME_WORDS: Record<AuditOutcome, string> = {
  done: "Done",
  refused: "Refused",
  failed: "Failed",
};
