import { ShapeList } from "#components/legrand/apis/shape-list.tsx";
import type { DescribedBody } from "#lib/legrand/openapi/describe-operation.ts";

/** Shows the members of a body, and examples of it. */
export function BodyDetails({ body: { shape, examples }, label }: { body: DescribedBody; label: string }) {
  return (
    <div className="grid grid-cols-1 gap-4">
      <ShapeList rows={shape} label={`Members of ${label}`} />
      {examples.map(({ name, json }) => (
        <div key={name} className="grid grid-cols-1 gap-1.5">
          <h3 className="text-sm font-semibold">{name}</h3>
          <pre
            role="group"
            aria-label={`Example, ${name}, of ${label}`}
            tabIndex={0}
            className="overflow-x-auto rounded-control border border-border bg-sunken px-3 py-2 font-mono text-sm"
          >
            {json}
          </pre>
        </div>
      ))}
    </div>
  );
}
