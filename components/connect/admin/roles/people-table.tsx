import { ColumnHead, RowTable } from "#components/connect/admin/table/row-table.tsx";
import {
  NameCell,
  NoValue,
  RowLink,
  RowTime,
  TableCell,
  TableRow,
  TitledText,
} from "#components/connect/admin/table/table-row.tsx";
import { Breakable } from "#components/ui/breakable.tsx";
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

const HEADS = ["Person", "E-mail", "Role", "Since", "Given by", "Last sign-in"];

/** Lists people and their roles. A row opens the page with the possible changes. */
export function PeopleTable({ people, caption, now, me }: PeopleTableProps) {
  return (
    <RowTable
      id={caption.toLowerCase().replaceAll(" ", "-")}
      caption={caption}
      columns="sm:grid-cols-[minmax(6rem,1fr)_minmax(8rem,1.4fr)_auto_auto_minmax(6rem,1fr)_auto]"
      head={HEADS.map((word) => (
        <ColumnHead key={word}>{word}</ColumnHead>
      ))}
    >
      {people.map((person) => (
        <PersonRow key={person.userId} person={person} now={now} isMe={person.userId === me} />
      ))}
    </RowTable>
  );
}

function PersonRow({ person, now, isMe }: { person: PersonWithRole; now: Date; isMe: boolean }) {
  const { userId, name, email, role, since, by, signedInAt } = person;
  const called = name ?? showEmail(email ?? userId);
  return (
    <TableRow>
      <NameCell>
        <RowLink href={`/admin/roles/${userId}`} title={called}>
          <Breakable>{called}</Breakable>
        </RowLink>
        {isMe && " (you)"}
      </NameCell>
      <TableCell label="E-mail">
        {email ? (
          <TitledText title={showEmail(email)}>
            <Breakable>{showEmail(email)}</Breakable>
          </TitledText>
        ) : (
          <NoValue>No e-mail</NoValue>
        )}
      </TableCell>
      <TableCell label="Role">{ROLE_WORDS[role ?? "none"]}</TableCell>
      <TableCell label="Since">
        {since ? <RowTime at={since} now={now} /> : <NoValue>Not known</NoValue>}
      </TableCell>
      <TableCell label="Given by">
        {by ? (
          <TitledText title={by}>
            <Breakable>{by}</Breakable>
          </TitledText>
        ) : (
          <NoValue>Not known</NoValue>
        )}
      </TableCell>
      <TableCell label="Last sign-in">
        {signedInAt ? <RowTime at={signedInAt} now={now} /> : <NoValue>Not known</NoValue>}
      </TableCell>
    </TableRow>
  );
}
