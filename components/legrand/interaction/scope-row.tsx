import type { ConsentScope } from "#lib/legrand/interactions/describe-interaction.ts";
import { scopeIcon } from "#components/legrand/interaction/scope-icon.ts";
import { AccessTag } from "#components/ui/access-tag.tsx";
import { Icon } from "#components/ui/icon.tsx";

/** Keeps "e-mail" on one line, because a browser may break after any hyphen. */
function withWholeWords(label: string) {
  return label.split(/(\S+-\S+)/).map((part, index) =>
    index % 2 ? (
      <span key={part} className="whitespace-nowrap">
        {part}
      </span>
    ) : (
      part
    ),
  );
}

/**
 * Shows a scope as a checkbox. The whole row is its label and target. Its accessible name is the scope's
 * label, and the rest describes it.
 */
export function ScopeRow({ scope }: { scope: ConsentScope }) {
  const { name, label, consequence, access, fixed, checked } = scope;
  return (
    <li>
      <label className={`flex gap-3 py-3 ${fixed ? "" : "cursor-pointer"}`}>
        <input
          type="checkbox"
          name="scope"
          value={name}
          defaultChecked={fixed || checked}
          disabled={fixed}
          aria-labelledby={`${name}-label`}
          aria-describedby={`${name}-access ${name}-text`}
          className="checkbox mt-0.5"
        />
        {/* A disabled checkbox is not submitted. */}
        {fixed && <input type="hidden" name="scope" value={name} />}
        <Icon name={scopeIcon(scope)} className="mt-0.5 size-5" />
        {/* The tag floats, so that the text below it has the full width on a small screen. */}
        <span className="min-w-0 flex-1">
          <AccessTag id={`${name}-access`} access={access} className="float-right mt-0.5 ml-3" />
          <span id={`${name}-label`} className="block font-medium">
            {withWholeWords(label)}
          </span>
          <span id={`${name}-text`} className="block text-sm text-ink-muted">
            {fixed && <span className="font-semibold">Always: </span>}
            {consequence}
          </span>
        </span>
      </label>
    </li>
  );
}
