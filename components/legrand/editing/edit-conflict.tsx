import { FIELD_WORDS } from "#components/legrand/applications/field-words.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { DescribedEdit } from "#lib/legrand/editing/describe-edit.ts";

/**
 * Shows what another person or window changed on the same page, so that neither overwrites the other unseen.
 */
export function EditConflict({ changes }: { changes: DescribedEdit["conflict"] }) {
  return (
    <div role="alert" tabIndex={-1} autoFocus className="rounded-plate">
      <Notice tone="warning">
        <h2 className="text-md">This was changed while you were editing it</h2>
        <p className="mt-1">
          Your changes are not saved yet, and not lost. Save changes replaces what is saved now with what you
          typed. Cancel keeps what is saved.
        </p>
        <dl className="mt-3 grid gap-3">
          {changes.map(({ field, from, to }) => (
            <div key={field} className="grid grid-cols-1 gap-x-5 sm:grid-cols-[120px_1fr]">
              <dt className="font-semibold">{FIELD_WORDS[field] ?? field}</dt>
              <dd className="grid min-w-0 gap-1 wrap-anywhere">
                <Side word="Saved now" value={from} />
                <Side word="What you typed" value={to} />
              </dd>
            </div>
          ))}
        </dl>
      </Notice>
    </div>
  );
}

function Side({ word, value }: { word: string; value: unknown }) {
  const items = [value].flat().map((item) => (typeof item === "string" && item ? item : "nothing"));
  return (
    <div>
      <span className="text-sm text-ink-muted">{word}: </span>
      {Array.isArray(value) ? (
        <ul>
          {items.map((item, index) => (
            <li key={`${index} ${item}`}>
              <code>{item}</code>
            </li>
          ))}
        </ul>
      ) : (
        items[0]
      )}
    </div>
  );
}
