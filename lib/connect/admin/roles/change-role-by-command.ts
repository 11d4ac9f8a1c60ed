import { REFUSAL_SENTENCES, ROLE_WORDS } from "#lib/connect/admin/roles/role-constants.ts";
import { findPeople } from "#lib/connect/admin/roles/people.store.ts";
import type { PersonWithRole } from "#lib/connect/admin/roles/person-with-role.ts";
import { changeRole } from "#lib/connect/admin/roles/store.ts";
import type { AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import type { AdminRole } from "#lib/db/generated/enums.ts";
import { currentRequestId } from "#lib/request-id.ts";

const origin = (): AuditOrigin => ({
  actorId: null,
  actor: "command on the server",
  requestId: currentRequestId(),
  address: "",
});

/**
 * Implements `npm run role`: gives a role, or takes it away ("none"). The user is the one whose connected
 * account has this e-mail address or Legrand id. Returns the lines for the terminal. If several users match,
 * it lists their Legrand ids and changes nothing.
 */
export async function changeRoleByCommand(
  role: AdminRole | "none",
  who: string,
): Promise<{ lines: string[]; isDone: boolean }> {
  const [person, ...others] = await findPeople("command", who);
  if (!person)
    return {
      isDone: false,
      lines: [
        `No connected account has the e-mail address or Legrand id ${who}. The person must connect first.`,
      ],
    };
  if (others.length)
    return {
      isDone: false,
      lines: [
        `Several people have that address. Name one by their Legrand id:`,
        ...[person, ...others].flatMap(listAccounts),
      ],
    };
  const outcome = await changeRole({
    userId: person.userId,
    role: role === "none" ? null : role,
    holder: "command",
    origin: origin(),
  });
  if (!outcome.ok) return { isDone: false, lines: [REFUSAL_SENTENCES[outcome.reason]] };
  return {
    isDone: true,
    lines: [
      `${outcome.label}: ${ROLE_WORDS[outcome.from ?? "none"]} before, ${ROLE_WORDS[role]} now. They are signed out everywhere.`,
    ],
  };
}

function listAccounts({ name, accounts, role }: PersonWithRole): string[] {
  return accounts.map(
    ({ legrandId, email }) =>
      `  ${legrandId}  ${[name, email].filter(Boolean).join(", ")} (${ROLE_WORDS[role ?? "none"]})`,
  );
}
