import { FIELD_WORDS } from "#components/legrand/applications/field-words.ts";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ChangedValue, ChangeEntry } from "#lib/legrand/applications/change-schema.ts";

type Change = ChangeEntry & { id: string; at: Date; who: string };

/** Fields with values for machines, which are shown as code. */
const CODES = ["url", "reply_urls", "scopes"];

/** Lists who did what, newest first. */
export function HistoryList({ changes, now }: { changes: Change[]; now: Date }) {
  return (
    <Plate>
      <ol aria-label="History" className="divide-y divide-border">
        {changes.map((change) => (
          <li key={change.id} className="grid grid-cols-1 gap-x-5 gap-y-1 px-5 py-4 sm:grid-cols-[1fr_10rem]">
            <div className="min-w-0">
              <p className="wrap-anywhere">
                <span className="font-semibold">{change.who}</span> {inWords(change)}
              </p>
              {change.what === "edited" && <Edits changes={change.detail.changes} />}
            </div>
            <p className="text-sm text-ink-muted sm:text-right">
              <RelativeTime at={change.at} now={now} />
            </p>
          </li>
        ))}
      </ol>
    </Plate>
  );
}

function inWords(change: ChangeEntry): string {
  switch (change.what) {
    case "registered":
      return "registered the application";
    case "suspended":
      return "suspended the application";
    case "resumed":
      return "resumed the application";
    case "secret_generated":
      return `generated the client secret “${change.detail.label}”, which ends in ${change.detail.lastCharacters}`;
    case "secret_deleted":
      return `deleted the client secret “${change.detail.label}”, which ended in ${change.detail.lastCharacters}`;
    case "edited":
      return `changed ${change.detail.changes.map(({ field }) => FIELD_WORDS[field] ?? field).join(", ")}`;
  }
}

function Edits({ changes }: { changes: { field: string; from: ChangedValue; to: ChangedValue }[] }) {
  return (
    <dl className="mt-2 grid grid-cols-1 gap-2 text-sm">
      {changes.map(({ field, from, to }) => (
        <div key={field} className="border-l-2 border-border pl-3">
          <dt className="font-medium">{FIELD_WORDS[field] ?? field}</dt>
          {sides(from, to).map(({ word, value }) => (
            <dd key={word}>
              <Values word={word} value={value} isCode={CODES.includes(field)} />
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}

/**
 * Returns removed and added values for lists, because ten long addresses would hide the changed one.
 * Otherwise returns the old and the new value.
 */
function sides(from: ChangedValue, to: ChangedValue): { word: string; value: ChangedValue }[] {
  const [before, after] = [[from ?? []].flat(), [to ?? []].flat()];
  const lists = [
    { word: "removed", value: before.filter((one) => !after.includes(one)) },
    { word: "added", value: after.filter((one) => !before.includes(one)) },
  ];
  const told = lists.filter(({ value }) => value.length > 0);
  // Shows both values in full if a list was only reordered, or the value is not a list.
  return told.length > 0 && (Array.isArray(from) || Array.isArray(to))
    ? told
    : [
        { word: "from", value: from },
        { word: "to", value: to },
      ];
}

function Values({ word, value, isCode }: { word: string; value: ChangedValue; isCode: boolean }) {
  const values = [value].flat().filter((one) => one !== null && one !== "");
  return (
    <span className="flex gap-2 text-ink-muted">
      <span className="w-14 flex-none">{word}</span>
      <span className="min-w-0 wrap-anywhere text-ink">
        {values.length === 0
          ? "nothing"
          : values.map((one, index) =>
              isCode ? (
                <code key={index} className="block">
                  {one}
                </code>
              ) : (
                <span key={index} className="block whitespace-pre-line">
                  {one}
                </span>
              ),
            )}
      </span>
    </span>
  );
}
