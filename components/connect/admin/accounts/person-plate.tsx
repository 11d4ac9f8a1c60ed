import { Breakable } from "#components/ui/breakable.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import { showEmail } from "#lib/email-address.ts";

type Other = {
  id: string;
  title: string;
  label: string;
  tone: "success" | "warning" | "danger" | "off";
  connectedAt: Date;
};

type PersonPlateProps = {
  person: { id: string; name: string | null; email: string | null; createdAt: Date };
  role: string;
  sessions: number;
  others: Other[];
  /** The maximum number of listed accounts, or null if all are listed. */
  cutAt: number | null;
  now: Date;
};

/** Shows the person behind a linked account: their role, their sessions, and their other accounts. */
export function PersonPlate({ person, role, sessions, others, cutAt, now }: PersonPlateProps) {
  return (
    <Plate as="section" aria-labelledby="person">
      <h2 id="person" className="border-b border-border px-5 py-4 text-md">
        Person
      </h2>
      <DefinitionList
        rows={[
          {
            term: "At Connect",
            value: <Names {...person} />,
          },
          { term: "Since", value: <RelativeTime at={person.createdAt} now={now} /> },
          { term: "Role", value: <a href={`/admin/roles/${person.id}`}>{role}</a> },
          {
            term: "Signed in",
            value:
              sessions === 0
                ? "Nowhere"
                : sessions === 1
                  ? "In 1 browser"
                  : `In ${sessions.toLocaleString("en")} browsers`,
          },
        ]}
      />
      <h3 id="others" className="border-t border-border px-5 pt-4 pb-2 text-md">
        Other accounts
      </h3>
      {others.length === 0 ? (
        <p className="px-5 pb-4 text-ink-muted">This is the only one.</p>
      ) : (
        <ul aria-labelledby="others" className="divide-y divide-border border-t border-border">
          {others.map(({ id, title, label, tone, connectedAt }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-5 px-5 py-2.5">
              <span className="min-w-0">
                <a href={`/admin/linked-accounts/${id}`} className="font-medium wrap-anywhere">
                  {title}
                </a>
                <span className="block text-sm text-ink-muted">
                  Connected <RelativeTime at={connectedAt} now={now} />
                </span>
              </span>
              <Status tone={tone}>{label}</Status>
            </li>
          ))}
        </ul>
      )}
      {cutAt && (
        <p className="border-t border-border px-5 py-3.5 text-sm text-ink-muted">
          These are the latest {cutAt}. There are more.
        </p>
      )}
    </Plate>
  );
}

function Names({ name, email }: Pick<PersonPlateProps["person"], "name" | "email">) {
  if (!name && !email) return <>Neither a name nor an e-mail address</>;
  return (
    <>
      {name && <span className="block">{name}</span>}
      {email && (
        <span className="block">
          <Breakable>{showEmail(email)}</Breakable>
        </span>
      )}
    </>
  );
}
