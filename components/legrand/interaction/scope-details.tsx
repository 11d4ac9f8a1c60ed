import type { ConsentScope } from "#lib/legrand/interactions/describe-interaction.ts";
import { AccessTag } from "#components/ui/access-tag.tsx";

const SUMMARY = "py-0.5 text-sm font-medium text-ink-muted hover:text-ink pointer-coarse:py-3";

export function AlreadyAllowed({ scopes, isOpen }: { scopes: ConsentScope[]; isOpen: boolean }) {
  return (
    <details open={isOpen} className="mt-2">
      <summary className={SUMMARY}>Already allowed ({scopes.length})</summary>
      <ul className="grid gap-2 pb-2">
        {scopes.map(({ name, label, access }) => (
          <li key={name} className="flex items-baseline justify-between gap-3 text-sm">
            <span>
              <span className="mr-2">{label}</span>
              <code className="text-xs text-ink-subtle">{name}</code>
            </span>
            <AccessTag access={access} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Shows each scope in Legrand's own words, for people who compare this page with the developer portal. */
export function TechnicalDetails({ scopes }: { scopes: ConsentScope[] }) {
  return (
    <details>
      <summary className={SUMMARY}>Technical details</summary>
      <dl className="grid gap-1.5 pb-2 text-sm">
        {scopes.map(({ name, legrandLabel }) => (
          <div key={name}>
            <dt className="inline">
              <code>{name}</code>
            </dt>{" "}
            <dd className="inline text-ink-muted">{legrandLabel ?? "A scope of this sandbox"}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
