import { Fragment } from "react";
import { MethodTag } from "#components/legrand/apis/method-tag.tsx";
import type { ListedOperation } from "#lib/legrand/openapi/operations-constants.ts";

/** Shows the method and the path of an operation. The path breaks after a slash in a narrow window. */
export function MethodAndPath({ method, path }: Pick<ListedOperation, "method" | "path">) {
  return (
    <span className="flex items-baseline gap-3">
      <MethodTag method={method} />
      <code className="min-w-0 text-ink-muted">
        {path
          .split("/")
          .slice(1)
          .map((part, index) => (
            <Fragment key={index}>
              /<wbr />
              {part}
            </Fragment>
          ))}
      </code>
    </span>
  );
}
