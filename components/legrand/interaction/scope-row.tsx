import type { ConsentScope } from "#lib/legrand/interactions/describe-interaction.ts";
import { ScopeMark, type ScopeMarks } from "#components/legrand/interaction/scope-mark.tsx";
import { WholeWords } from "#components/legrand/interaction/whole-words.tsx";
import { AccessTag } from "#components/ui/access-tag.tsx";

/**
 * Shows a scope as a checkbox. The whole row is its label and target. Its accessible name is the scope's
 * label, and the rest describes it.
 */
export function ScopeRow({
  scope,
  marks,
  isPreview,
}: {
  scope: ConsentScope;
  marks: ScopeMarks;
  isPreview: boolean;
}) {
  const { name, label, access, fixed, checked } = scope;
  return (
    <li className="group/row">
      <label className={`flex gap-3 py-[3px] pointer-coarse:py-2.5 ${fixed ? "" : "cursor-pointer"}`}>
        <input
          type="checkbox"
          // A program that looks for the checkbox of a scope must not find the one of the preview.
          name={isPreview ? undefined : "scope"}
          value={name}
          // A preview follows the form, so React sets its boxes.
          {...(isPreview
            ? { checked: fixed || checked, readOnly: true }
            : { defaultChecked: fixed || checked })}
          disabled={fixed}
          aria-labelledby={`${name}-label`}
          aria-describedby={`${name}-access ${name}-text`}
          className="checkbox"
        />
        {/* A disabled checkbox is not submitted. */}
        {fixed && !isPreview && <input type="hidden" name="scope" value={name} />}
        {/* The tag floats, so that the text below it has the full width on a small screen. */}
        <span className="min-w-0 flex-1 leading-5">
          <AccessTag id={`${name}-access`} access={access} className="float-right ml-2" />
          <span className="mr-2 leading-5 font-medium" id={`${name}-label`}>
            <WholeWords>{label}</WholeWords>
          </span>
          <code className="mr-2 text-xs text-ink-subtle">{name}</code>
          <ScopeMark scope={scope} marks={marks} />
          <ScopeText scope={scope} marks={marks} />
        </span>
      </label>
    </li>
  );
}

/** Says whether the scope is fixed, what granting it means, and why the application wants it. */
function ScopeText({ scope, marks }: { scope: ConsentScope; marks: ScopeMarks }) {
  const { name, fixed, granted, access, reason, consequence } = scope;
  // A short label says enough about what can be seen. What can be controlled always has its consequence.
  const isExplained = access === "control" || !reason;
  return (
    <span id={`${name}-text`} className="block text-xs text-ink-muted">
      {marks === "change" && (
        <span className="sr-only">{granted ? "Allowed now." : "Not allowed now."} </span>
      )}
      {fixed && <span className="font-semibold">Always included. </span>}
      {isExplained && <WholeWords>{`${consequence}${reason ? ". " : ""}`}</WholeWords>}
      {reason && `“${reason}”`}
    </span>
  );
}
