import type { ReactNode } from "react";

import { TYPE_WORDS } from "#components/legrand/applications/type-words.ts";
import { TermsLine } from "#components/legrand/editing/terms-line.tsx";
import { Button } from "#components/ui/button.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { DraftFields, FormStep } from "#lib/legrand/editing/draft-schema.ts";
import { termsOf, type TermsByScope } from "#lib/legrand/applications/scope-terms-constants.ts";
import { findScope, orderScopes } from "#lib/legrand/scopes.ts";

type ReviewViewProps = {
  action: string;
  hidden: Record<string, string>;
  fields: DraftFields;
  logoPath: string | null;
  problems: { message: string; href: string }[];
  /** True after Validate was pressed. Then the problems take the focus. */
  isChecked: boolean;
  paths: Record<FormStep, string>;
};

/** Shows everything as it will be registered, with a link back to each step. */
export function ReviewView(props: ReviewViewProps) {
  const { action, hidden, fields, logoPath, problems, isChecked, paths } = props;
  return (
    // SubmitFeedback ignores a second press: its answer would lack the secret that the first one shows.
    <form method="post" action={action} className="grid grid-cols-1 gap-5">
      {/* Enter presses this button, wherever the focus is. */}
      <button name="action" value="validate" hidden />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <h2 className="text-lg">Review your application</h2>
      {problems.length > 0 &&
        (isChecked ? (
          <ErrorSummary title="It cannot be registered yet" errors={problems} />
        ) : (
          <Missing problems={problems} />
        ))}
      <Part title="Description" editPath={paths.description}>
        {descriptionRows(fields, logoPath)}
      </Part>
      <Part title="Reply URLs" editPath={paths["reply-urls"]}>
        {[{ term: "Reply URLs", value: <List items={fields.replyUrls.filter(Boolean)} /> }]}
      </Part>
      <Part title="Scopes" editPath={paths.scopes}>
        {[{ term: "Scopes", value: <ScopeList scopes={fields.scopes} terms={fields.scopeTerms} /> }]}
      </Part>
      <div className="flex flex-wrap gap-3">
        <Button name="action" value="validate">
          Validate
        </Button>
        <Button variant="secondary" name="action" value="previous">
          Previous Page
        </Button>
        <Button variant="secondary" name="action" value="cancel">
          Cancel
        </Button>
      </div>
    </form>
  );
}

function Missing({ problems }: Pick<ReviewViewProps, "problems">) {
  return (
    <Notice tone="warning">
      <h3 className="text-md">Before you can validate</h3>
      <ul className="mt-1 grid gap-1">
        {problems.map(({ message, href }) => (
          <li key={message} className="wrap-anywhere">
            <a href={href}>{message}</a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

type Row = { term: string; value: ReactNode };

function descriptionRows(
  { type, name, description, vendor, url }: DraftFields,
  logoPath: string | null,
): Row[] {
  return [
    { term: "Application type", value: TYPE_WORDS[type] },
    { term: "Name", value: name || <None /> },
    { term: "Description", value: description || <None /> },
    { term: "Vendor", value: vendor || <None /> },
    { term: "Url", value: url ? <code>{url}</code> : <None /> },
    {
      term: "Logo",
      value: logoPath ? (
        <img
          src={logoPath}
          alt="Logo"
          width={44}
          height={44}
          className="size-11 rounded-control border border-border bg-tile object-contain"
        />
      ) : (
        "None. The first letter of the name is shown instead."
      ),
    },
  ];
}

const None = () => <span className="text-ink-subtle">Nothing yet</span>;

function List({ items }: { items: string[] }) {
  if (items.length === 0) return <None />;
  return (
    <ul className="grid gap-2">
      {items.map((item, index) => (
        <li key={`${index} ${item}`}>
          <code>{item}</code>
        </li>
      ))}
    </ul>
  );
}

function ScopeList({ scopes, terms }: { scopes: string[]; terms: TermsByScope }) {
  return (
    <ul className="grid gap-2">
      {orderScopes(scopes).map((name) => (
        <li key={name}>
          <span className="mr-2">{findScope(name)?.label}</span>
          <code className="text-ink-muted">{name}</code>
          <TermsLine terms={termsOf(terms, name)} />
        </li>
      ))}
    </ul>
  );
}

function Part({ title, editPath, children }: { title: string; editPath: string; children: Row[] }) {
  return (
    <Plate as="section">
      <div className="flex items-center justify-between gap-3 border-b border-border px-5 py-3">
        <h3 className="text-md">{title}</h3>
        <a href={editPath} className="flex min-h-6 items-center pointer-coarse:min-h-11">
          Edit<span className="sr-only"> {title.toLowerCase()}</span>
        </a>
      </div>
      <DefinitionList rows={children} />
    </Plate>
  );
}
