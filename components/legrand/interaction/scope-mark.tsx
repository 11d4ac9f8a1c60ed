import type { ConsentScope } from "#lib/legrand/interactions/describe-interaction.ts";

/** Which kind of change the page is about. It decides which rows are marked. */
export type ScopeMarks = "none" | "new" | "change";

const TAG = "rounded-tag px-1.5 py-0.5 text-xs font-medium whitespace-nowrap";

/**
 * Marks a row that is new, or what ticking or unticking it changes. CSS alone follows the checkbox, because
 * the page has no scripts.
 */
export function ScopeMark({
  scope: { fixed, granted },
  marks,
}: {
  scope: Pick<ConsentScope, "fixed" | "granted">;
  marks: ScopeMarks;
}) {
  if (marks === "new" && !granted) return <span className={`${TAG} bg-info-soft text-info`}>New</span>;
  if (marks !== "change") return null;
  // A fixed row cannot be changed. Accepting adds it if it is not granted.
  if (fixed) return granted ? null : <Added />;
  return granted ? (
    <span className={`${TAG} hidden bg-danger-soft text-danger group-has-[input:not(:checked)]/row:inline`}>
      Will be removed
    </span>
  ) : (
    <Added className="hidden group-has-checked/row:inline" />
  );
}

const Added = ({ className = "" }) => (
  <span className={`${TAG} bg-info-soft text-info ${className}`}>Will be added</span>
);
