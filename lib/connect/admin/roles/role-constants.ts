import type { AdminRole } from "#lib/db/generated/enums.ts";

/** Why a role was not changed. */
export type RoleRefusal = "gone" | "unchanged" | "own_role" | "last_administrator" | "no_account";

/** The sentence for each refusal, on the page and on the terminal. */
export const REFUSAL_SENTENCES: Record<RoleRefusal, string> = {
  gone: "This person no longer exists. Nothing was changed.",
  unchanged: "This person has that role already. Nothing was changed.",
  own_role: "You cannot change your own role: another administrator must do it. Nothing was changed.",
  last_administrator:
    "This is the last administrator: make another person an administrator first. Nothing was changed.",
  no_account: "This person has no connected account to sign in with. Nothing was changed.",
};

/** The label of each role; "none" means no role. */
export const ROLE_WORDS: Record<AdminRole | "none", string> = {
  administrator: "Administrator",
  auditor: "Auditor",
  none: "No role",
};

/** Parses the role in a form or a command. Returns null for "none", and undefined for any other word. */
export function parseRole(word: unknown): AdminRole | null | undefined {
  return word === "none" ? null : word === "administrator" || word === "auditor" ? word : undefined;
}
