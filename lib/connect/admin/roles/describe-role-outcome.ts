import { now } from "#lib/clock.ts";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import { findPerson } from "#lib/connect/admin/roles/people.store.ts";
import { REFUSAL_SENTENCES, type RoleRefusal } from "#lib/connect/admin/roles/role-constants.ts";
import { isUuid } from "#lib/is-uuid.ts";

/** How long a result is shown. Later, the page is assumed to have been reopened. */
const SAID_FOR_MS = 5 * 60 * 1000;

/**
 * Describes the result of a role change for the list, from the URL and the current state. Returns null if
 * there is nothing to say.
 */
export async function describeRoleOutcome(
  admin: AdminUser,
  query: URLSearchParams,
): Promise<{ tone: "success" | "warning"; text: string } | null> {
  const refused = query.get("refused");
  if (refused !== null && Object.hasOwn(REFUSAL_SENTENCES, refused))
    return { tone: "warning", text: REFUSAL_SENTENCES[refused as RoleRefusal] };
  const changed = query.get("changed");
  const person = isUuid(changed) ? await findPerson(admin, changed) : null;
  if (!person?.since || now().getTime() - person.since.getTime() > SAID_FOR_MS) return null;
  const has =
    person.role === "administrator"
      ? "is an administrator now"
      : person.role === "auditor"
        ? "is an auditor now"
        : "no longer has a role";
  return {
    tone: "success",
    text: `${person.email ?? person.name ?? "This person"} ${has}, and is signed out everywhere.`,
  };
}
