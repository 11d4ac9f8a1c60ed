import type { ShapeRow } from "#lib/legrand/openapi/describe-shape.ts";

/** Lists the members of a body, one in each row, and says which are optional. */
export function ShapeList({ rows, label }: { rows: ShapeRow[]; label: string }) {
  return (
    <dl aria-label={label} className="divide-y divide-border border-y border-border text-sm">
      {rows.map(({ path, type, isRequired, description }) => (
        <div key={path} className="grid grid-cols-1 gap-x-5 py-2 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
          <dt>
            <code className="font-medium">{path}</code>
          </dt>
          <dd className="min-w-0 text-ink-muted">
            <code>{type}</code>
            {!isRequired && (
              <span className="ml-2 rounded-tag bg-sunken px-1.5 py-0.5 text-xs">optional</span>
            )}
            {description && <span className="block">{description}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
