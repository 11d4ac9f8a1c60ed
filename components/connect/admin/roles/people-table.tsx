import { Breakable } from "#components/ui/breakable.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { PersonWithRole } from "#lib/connect/admin/roles/person-with-role.ts";
import { ROLE_WORDS } from "#lib/connect/admin/roles/role-constants.ts";
import { showEmail } from "#lib/email-address.ts";

type PeopleTableProps = {
  people: PersonWithRole[];
  caption: string;
  now: Date;
  /** The id of the current user. */
  me: string;
};

const COLUMNS = ["Person", "E-mail", "Role", "Since", "Last sign-in"];
const CELL = "px-3 py-2.5 align-top first:pl-5 last:pr-5";
/** As wide as the longest word, but limited, for words of unrealistic length. */
const TEXT = `${CELL} max-w-72 wrap-break-word`;

/** Lists people and their roles. A name links to the page with the possible changes. */
export function PeopleTable({ people, caption, now, me }: PeopleTableProps) {
  const id = caption.toLowerCase().replaceAll(" ", "-");
  return (
    <Plate className="overflow-clip">
      <div role="region" aria-labelledby={id} tabIndex={0} className="overflow-x-auto -outline-offset-2">
        <table className="w-full">
          <caption id={id} className="sr-only">
            {caption}
          </caption>
          <thead className="border-b border-border bg-sunken text-sm text-ink-muted">
            <tr>
              {COLUMNS.map((word) => (
                <th
                  key={word}
                  scope="col"
                  className="px-3 py-2.5 text-left font-medium whitespace-nowrap first:pl-5 last:pr-5"
                >
                  {word}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-border">
            {people.map((person) => (
              <tr key={person.userId}>
                <th scope="row" className={`${TEXT} min-w-32 text-left font-medium`}>
                  <a href={`/admin/roles/${person.userId}`}>
                    <Breakable>{person.name ?? showEmail(person.email ?? person.userId)}</Breakable>
                  </a>
                  {person.userId === me && " (you)"}
                </th>
                <td className={`${TEXT} min-w-44`}>
                  {person.email ? (
                    <Breakable>{showEmail(person.email)}</Breakable>
                  ) : (
                    <span className="text-ink-subtle">No e-mail</span>
                  )}
                </td>
                <td className={`${CELL} whitespace-nowrap`}>{ROLE_WORDS[person.role ?? "none"]}</td>
                <td className={`${CELL} min-w-40 text-sm`}>
                  <Since person={person} now={now} />
                </td>
                <td className={`${CELL} text-sm whitespace-nowrap`}>
                  {person.signedInAt ? <RelativeTime at={person.signedInAt} now={now} /> : "Not known"}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Plate>
  );
}

/** Shows since when a person has the role and who gave it, if the audit log knows. */
export function Since({ person: { since, by }, now }: { person: PersonWithRole; now: Date }) {
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
