import type { ReactNode } from "react";

import { Button } from "#components/ui/button.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SECRET_EXPIRES_SOON_DAYS } from "#lib/legrand/client-secrets/client-secret-constants.ts";
import type { ClientSecret } from "#lib/legrand/client-secrets/client-secret.ts";

type SecretsTableProps = {
  application: { clientId: string; type: "web" | "mobile" };
  secrets: ClientSecret[];
  now: Date;
};

const SOON_MS = SECRET_EXPIRES_SOON_DAYS * 24 * 60 * 60 * 1000;
const COLUMNS = ["Label", "Ends in", "Last used", "Expires", "Created"];

/**
 * Lists the client secrets, one in each row. In a narrow window a row is a block, and its cells have the names
 * of their columns; the roles say that it is still a table.
 */
export function SecretsTable({ application: { clientId, type }, secrets, now }: SecretsTableProps) {
  return (
    <Plate as="section">
      <h2 id="secrets-title" className="px-5 pt-4 text-md">
        Client secrets
      </h2>
      {secrets.length === 0 ? (
        <p className="px-5 pt-1 text-ink-muted">There is no client secret.</p>
      ) : (
        <table role="table" aria-labelledby="secrets-title" className="mt-2 block w-full lg:table">
          <thead role="rowgroup" className="sr-only lg:not-sr-only lg:table-header-group">
            <tr role="row" className="text-left text-xs text-ink-muted">
              {COLUMNS.map((word) => (
                <th key={word} role="columnheader" scope="col" className="py-2 pr-4 font-medium first:pl-5">
                  {word}
                </th>
              ))}
              <th role="columnheader" scope="col">
                <span className="sr-only">Action</span>
              </th>
            </tr>
          </thead>
          <tbody role="rowgroup" className="block lg:table-row-group">
            {secrets.map((secret) => (
              <SecretRow key={secret.id} clientId={clientId} secret={secret} now={now} />
            ))}
          </tbody>
        </table>
      )}
      <p className="border-t border-border px-5 py-3.5 text-sm text-ink-muted">
        To rotate without downtime, <a href={`/legrand/applications/${clientId}`}>generate a new secret</a>,
        switch your application to it, then delete the old one when its last use no longer changes.
        {type === "mobile" &&
          " A mobile application that sends PKCE may leave the secret out of its token requests."}
      </p>
    </Plate>
  );
}

type SecretRowProps = { clientId: string; secret: ClientSecret; now: Date };

function SecretRow({ clientId, secret, now }: SecretRowProps) {
  const { id, label, lastCharacters, lastUsedAt, expiresAt, createdAt, createdBy } = secret;
  return (
    <tr
      role="row"
      className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 border-t border-border px-5 py-3 text-sm lg:table-row"
    >
      <th
        id={`secret-${id}`}
        role="rowheader"
        scope="row"
        className="text-left text-base font-medium wrap-anywhere lg:max-w-56 lg:py-3 lg:pr-4 lg:pl-5 lg:text-sm"
      >
        {label}
      </th>
      <Cell name="Ends in">
        <code>{lastCharacters}</code>
      </Cell>
      <Cell name="Last used">{lastUsedAt ? <RelativeTime at={lastUsedAt} now={now} /> : "never used"}</Cell>
      <Cell name="Expires">
        <SecretEnd at={expiresAt} now={now} />
      </Cell>
      <Cell name="Created">
        <RelativeTime at={createdAt} now={now} />
        {createdBy && `, ${createdBy}`}
      </Cell>
      <td
        role="cell"
        className="max-lg:col-start-2 max-lg:row-start-1 max-lg:row-end-3 lg:py-3 lg:pr-5 lg:text-right"
      >
        {/* The link leads to a question on its own page. */}
        <form action={`/legrand/applications/${clientId}/secrets/${id}/delete`}>
          <Button variant="danger-quiet" className="lg:min-h-8" aria-describedby={`secret-${id}`}>
            Delete
          </Button>
        </form>
      </td>
    </tr>
  );
}

/** A cell that says its column only where the columns have no header. */
function Cell({ name, children }: { name: string; children: ReactNode }) {
  return (
    <td role="cell" className="wrap-anywhere text-ink-muted max-lg:col-start-1 lg:py-3 lg:pr-4">
      <span aria-hidden="true" className="lg:hidden">
        {name}:{" "}
      </span>
      {children}
    </td>
  );
}

function SecretEnd({ at, now }: { at: Date; now: Date }) {
  const left = at.getTime() - now.getTime();
  const time = <RelativeTime at={at} now={now} />;
  if (left <= 0) return <span className="font-medium text-danger">expired {time}</span>;
  return left <= SOON_MS ? <span className="font-medium text-warning">{time}</span> : time;
}
