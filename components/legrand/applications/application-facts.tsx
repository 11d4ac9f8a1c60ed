import type { ReactNode } from "react";
import { TYPE_WORDS } from "#components/legrand/applications/type-words.ts";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import {
  ACTIVATION_TIME_WORDS,
  REFRESH_POLICY_WORDS,
  type ActivationTime,
  type RefreshPolicy,
} from "#lib/legrand/applications/compatibility-constants.ts";
import { findScope } from "#lib/legrand/scopes.ts";
import { operationsOf, scopeInCatalogue } from "#lib/legrand/openapi/operations-constants.ts";

type Application = {
  clientId: string;
  type: "web" | "mobile";
  description: string;
  vendor: string;
  url: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  replyUrls: string[];
  /** In the order of the catalogue. */
  scopes: string[];
  /** The policy that applies: the chosen one or the default. */
  refreshPolicy: RefreshPolicy;
  activationTime: ActivationTime;
};

type FactsProps = {
  application: Application;
  people: number;
  /** When an access ends by itself, as the end of a sentence. */
  lifetime: string;
  now: Date;
};

/** Shows all registered settings and how much the application is used. Each part has a link to change it. */
export function ApplicationFacts({ application, people, lifetime, now }: FactsProps) {
  const edit = (part: string) => `/legrand/applications/${application.clientId}/edit/${part}`;
  return (
    <div className="grid grid-cols-1 gap-5">
      <FactsPlate
        title="Description"
        edit={edit("description")}
        rows={[
          { term: "Type", value: TYPE_WORDS[application.type] },
          {
            term: "Description",
            value: <p className="max-w-text whitespace-pre-line">{application.description}</p>,
          },
          { term: "Vendor", value: application.vendor },
          { term: "Url", value: <code>{application.url}</code> },
        ]}
      />
      <FactsPlate title="Reply URLs" edit={edit("reply-urls")}>
        <ol aria-label="Reply URLs" className="divide-y divide-border">
          {application.replyUrls.map((url) => (
            <li key={url} className="px-5 py-3">
              <code>{url}</code>
            </li>
          ))}
        </ol>
      </FactsPlate>
      <FactsPlate title="Scopes" edit={edit("scopes")}>
        <ul aria-label="Scopes" className="divide-y divide-border">
          {application.scopes.map((name) => (
            <li key={name} className="px-5 py-3">
              {findScope(name)?.label ?? name} <code className="block text-ink-subtle">{name}</code>{" "}
              <Opens scope={name} />
            </li>
          ))}
        </ul>
      </FactsPlate>
      <FactsPlate
        title="Tokens"
        rows={[
          { term: "Access token", value: "Ends after one hour." },
          {
            term: "Refresh token",
            value: (
              <>
                Ends {lifetime}. Then send the person through the authorization request again. Every refresh
                brings a new one, and <code>refresh_token_expires_in</code> says how long it lasts.
              </>
            ),
          },
        ]}
      />
      <FactsPlate
        title="Compatibility"
        edit={edit("compatibility")}
        rows={[
          { term: "Refresh tokens", value: <Setting {...REFRESH_POLICY_WORDS[application.refreshPolicy]} /> },
          {
            term: "activationTime",
            value: <Setting {...ACTIVATION_TIME_WORDS[application.activationTime]} />,
          },
        ]}
      />
      <UsePlate application={application} people={people} now={now} />
    </div>
  );
}

function UsePlate({ application, people, now }: Omit<FactsProps, "lifetime">) {
  return (
    <FactsPlate
      title="Use"
      rows={[
        { term: "People with access", value: people === 0 ? "none yet" : people.toLocaleString("en") },
        {
          term: "Last used",
          value: application.lastUsedAt ? (
            <RelativeTime at={application.lastUsedAt} now={now} />
          ) : (
            "never used"
          ),
        },
        { term: "Registered", value: <RelativeTime at={application.createdAt} now={now} /> },
        {
          term: "Changes",
          value: <a href={`/legrand/applications/${application.clientId}/history`}>History</a>,
        },
      ]}
    />
  );
}

/** Shows a setting and its meaning. */
function Setting({ name, meaning }: { name: string; meaning: string }) {
  return (
    <>
      {name} <span className="block text-sm text-ink-muted">{meaning}</span>
    </>
  );
}

/** Says how many operations a scope opens, and links to their description. */
function Opens({ scope }: { scope: string }) {
  const count = operationsOf(scope).length;
  if (count === 0)
    return findScope(scope)?.family === "identity" ? null : (
      <span className="text-sm text-ink-muted">Legrand documents no operation for it.</span>
    );
  return (
    <a
      href={scopeInCatalogue(scope)}
      className="inline-flex min-h-6 items-center text-sm pointer-coarse:min-h-11"
    >
      {count === 1 ? "Used by 1 operation" : `Used by ${count} operations`}
      <span className="sr-only">: {scope}</span>
    </a>
  );
}

type FactsPlateProps = {
  title: string;
  edit?: string;
  rows?: { term: string; value: ReactNode }[];
  children?: ReactNode;
};

function FactsPlate({ title, edit, rows, children }: FactsPlateProps) {
  return (
    <Plate as="section">
      <div className="flex items-center justify-between gap-4 border-b border-border px-5 py-2.5">
        <h2 className="text-md">{title}</h2>
        {edit && (
          <a href={edit} className="flex min-h-6 items-center pointer-coarse:min-h-11">
            Edit<span className="sr-only"> {title.toLowerCase()}</span>
          </a>
        )}
      </div>
      {rows && <DefinitionList rows={rows} />}
      {children}
    </Plate>
  );
}
