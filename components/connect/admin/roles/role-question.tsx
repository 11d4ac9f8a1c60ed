import { QuestionPlate } from "#components/ui/question-plate.tsx";
import type { PersonWithRole } from "#lib/connect/admin/roles/person-with-role.ts";

type Wanted = "administrator" | "auditor" | "none";

const MEANING: Record<Wanted, string[]> = {
  administrator: [
    "They see every linked account, with the person’s name, e-mail address and history, and the audit log. They never see a token.",
    "They can refresh, revoke and export, and give and remove roles, including yours.",
  ],
  auditor: [
    "They see every linked account, with the person’s name, e-mail address and history, and the audit log, and export both. They never see a token.",
    "They change nothing.",
  ],
  none: [
    "They lose all access to the administration: its addresses answer “Page not found” to them.",
    "Their own connected accounts stay as they are.",
  ],
};

/** The verb of the question and of its button. */
export const ROLE_VERBS: Record<Wanted, string> = {
  administrator: "Make administrator",
  auditor: "Make auditor",
  none: "Remove role",
};

/** Says what a change of role means, before it is made. */
export function RoleQuestion({ person, wanted }: { person: PersonWithRole; wanted: Wanted }) {
  const losesAddress = person.role === "administrator" && wanted !== "administrator";
  return (
    <QuestionPlate
      action={`/admin/roles/${person.userId}/change/submit`}
      verb={ROLE_VERBS[wanted]}
      isDanger={wanted === "none"}
      keep={{ word: "Keep it as it is", href: `/admin/roles/${person.userId}`, autoFocus: true }}
    >
      <input type="hidden" name="role" value={wanted} />
      <ul className="grid list-disc gap-2 pl-5">
        {MEANING[wanted].map((line) => (
          <li key={line}>{line}</li>
        ))}
        {losesAddress && (
          <li>
            If their address is in <code className="text-sm">ADMIN_EMAILS</code>, it does not make them an
            administrator again.
          </li>
        )}
        <li>They are signed out in every browser, and sign in again by connecting.</li>
      </ul>
      <p className="text-ink-muted">The audit log records that you did it.</p>
    </QuestionPlate>
  );
}
