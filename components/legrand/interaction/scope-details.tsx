import type { ConsentScope } from "#lib/legrand/interactions/describe-interaction.ts";
import { AccessTag } from "#components/ui/access-tag.tsx";

const SUMMARY = "py-2 text-sm font-medium text-ink-muted hover:text-ink pointer-coarse:py-3";

export function AlreadyAllowed({ scopes, isOpen }: { scopes: ConsentScope[]; isOpen: boolean }) {
  return (
    <details open={isOpen}>
      <summary className={SUMMARY}>Already allowed ({scopes.length})</summary>
      <ul className="grid gap-2 pb-3">
        {scopes.map(({ name, label, access }) => (
          <li key={name} className="flex items-baseline justify-between gap-3 text-sm">
            {label}
            <AccessTag access={access} />
          </li>
        ))}
      </ul>
    </details>
  );
}

export function TechnicalDetails({ scopes }: { scopes: ConsentScope[] }) {
  return (
    <details>
      <summary className={SUMMARY}>Technical details</summary>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 pb-3">
        {scopes.map(({ name }) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
