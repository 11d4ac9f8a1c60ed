import { describeHomesProblem } from "#components/connect/homes/problem-words.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { HomesProblem } from "#lib/connect/homes/home.ts";

type ProblemNoteProps = {
  problem: HomesProblem;
  now: Date;
  /** The sentence to show if a permission is missing. */
  missing: string;
};

/** Replaces a missing value: says why it is missing, and what to do. */
export function ProblemNote({ problem, now, missing }: ProblemNoteProps) {
  if (problem.reason === "missing_scope") return <p className="text-sm text-ink-muted">{missing}</p>;
  const { title, sentence } = describeHomesProblem(problem, now);
  // The account's state above says what to do, with the button.
  if (problem.reason === "reconnect_needed" || problem.reason === "unavailable")
    return <p className="text-ink-muted">{sentence}</p>;
  return (
    <div className="flex gap-2.5">
      <Icon name="warning" className="size-5 text-warning" />
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        <p className="max-w-text text-sm text-ink-muted">{sentence}</p>
      </div>
    </div>
  );
}
