/** The actions in the audit log: the type of the target, and what was done to it. */
export type AuditAction =
  | "linked_account.refresh"
  | "linked_account.refresh_outcome"
  | "linked_account.revoke"
  | "linked_account.revoke_outcome"
  | "linked_account.export"
  | "user.sign_out"
  | "user.role"
  | "user.role_by_environment"
  | "bulk_revocation.start"
  | "bulk_revocation.stop"
  | "bulk_revocation.end"
  | "audit_log.export"
  | "admin.enter";

/**
 * `refused`: not allowed, or not possible as asked. `failed`: allowed and tried, but something went wrong.
 */
export type AuditOutcome = "done" | "refused" | "failed";

/**
 * Who did it, from where, and in which request. `actorId` is null for a command on the server and for what
 * the application does by itself.
 */
export type AuditOrigin = { actorId: string | null; actor: string; requestId: string; address: string };

/** The target of the action. `target` is its name at that time. */
export type AuditTarget = {
  targetType: "linked_account" | "user" | "bulk_revocation" | "export" | "";
  targetId: string | null;
  target: string;
};

/** An audit log entry before it has its time. Never contains a token. */
export type NewAuditEntry = AuditOrigin &
  AuditTarget & { action: AuditAction; outcome: AuditOutcome; detail?: Record<string, unknown> };
