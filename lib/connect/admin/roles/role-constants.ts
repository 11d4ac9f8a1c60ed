import type { AdminRole } from "#lib/db/generated/enums.ts";

/** Why a role was not changed. */
export type RoleRefusal = "gone" | "unchanged" | "own_role" | "last_administrator" | "no_account";

/** The same in sentences: on the page, and on the terminal. */
export const REFUSAL_SENTENCES: Record<RoleRefusal, string> = {
  gone: "This person no longer exists. Nothing was changed.",
  unchanged: "This person has that role already. Nothing was changed.",
  own_role: "You cannot change your own role: another administrator must do it. Nothing was changed.",
  last_administrator:
    "This is the last administrator: make another person an administrator first. Nothing was changed.",
  no_account: "This person has no connected account to sign in with. Nothing was changed.",
};

/** What the roles are called; no role is "none". */
export const ROLE_WORDS: Record<AdminRole | "none", string> = {
  administrator: "Administrator",
  auditor: "Auditor",
  none: "No role",
};

/** The role of a form or a command, or undefined for any other word; null: none. */
export function parseRole(word: unknown): AdminRole | null | undefined {
  return word === "none" ? null : word === "administrator" || word === "auditor" ? word : undefined;
}
