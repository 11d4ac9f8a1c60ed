import { Breakable } from "#components/ui/breakable.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { PersonWithRole } from "#lib/connect/admin/roles/person-with-role.ts";
import { ROLE_WORDS } from "#lib/connect/admin/roles/role-constants.ts";

type PersonViewProps = {
  person: PersonWithRole;
  now: Date;
  /** What the current user may do: an auditor can only read, and no user can change their own role. */
  can: "change" | "only_read" | "own_role";
};

const CHOICES = [
  { role: "administrator", word: "Make administrator" },
  { role: "auditor", word: "Make auditor" },
  { role: "none", word: "Remove role" },
] as const;

/** Shows a person's role and the possible changes. Each change leads to a question first. */
export function PersonView({ person, now, can }: PersonViewProps) {
  const { userId, name, email, role, accounts, signedInAt } = person;
  return (
    <div className="grid grid-cols-1 gap-5">
      <Plate as="section">
        <DefinitionList
          rows={[
            { term: "Role", value: ROLE_WORDS[role ?? "none"] },
            { term: "Since", value: <Since person={person} now={now} /> },
            {
              term: "Person",
              value: [name, email].filter(Boolean).join(", ") || "Neither a name nor an e-mail address",
            },
            {
              term: "Last sign-in",
              value: signedInAt ? <RelativeTime at={signedInAt} now={now} /> : "Not known",
            },
            { term: "Connected accounts", value: <Accounts accounts={accounts} /> },
          ]}
        />
      </Plate>
      {can === "own_role" && (
        <p className="text-ink-muted">
          This is you. You cannot change your own role: another administrator must do it.
        </p>
      )}
      {can === "change" && (
        <div className="flex flex-wrap gap-3">
          {CHOICES.filter((choice) => choice.role !== (role ?? "none")).map((choice) => (
            <ButtonLink
              key={choice.role}
              variant={choice.role === "none" ? "danger-quiet" : "secondary"}
              href={`/admin/roles/${userId}/change?role=${choice.role}`}
            >
              {choice.word}
            </ButtonLink>
          ))}
        </div>
      )}
      <p className="text-sm">
        <a href={`/admin/audit?target=${userId}`}>What the audit log says about this person</a>
      </p>
    </div>
  );
}

function Accounts({ accounts }: Pick<PersonWithRole, "accounts">) {
  if (accounts.length === 0) return <>None, so this person cannot sign in</>;
  return (
    <ul>
      {accounts.map(({ id, email, legrandId }) => (
        <li key={id}>
          <a href={`/admin/linked-accounts/${id}`}>{email ?? legrandId}</a>
        </li>
      ))}
    </ul>
  );
}

/** Shows since when a person has the role and who gave it, if the audit log knows. */
function Since({ person: { since, by }, now }: { person: PersonWithRole; now: Date }) {
  if (!since) return <>Not known</>;
  return (
    <>
      <RelativeTime at={since} now={now} />
      {by && (
        <span className="block text-ink-muted">
          by <Breakable>{by}</Breakable>
        </span>
      )}
    </>
  );
}
