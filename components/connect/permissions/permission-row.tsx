import type { ReactNode } from "react";
import { AccessTag } from "#components/ui/access-tag.tsx";
import type { DescribedScope } from "#lib/connect/cloud/describe-scopes.ts";

const GROUP_WORDS = { identity: "Who you are", view: "See", control: "Control" } as const;

type PermissionRowProps = {
  /** The start of the ids of the row's parts. */
  id: string;
  scope: DescribedScope;
  /** The row above, which is of another group if this one is the first of its group. */
  above: DescribedScope | undefined;
  /** The mark before the label: a tick, or a checkbox. */
  mark: ReactNode;
  state: string;
  /** True if the row is the label of its checkbox, so that its whole width can be clicked. */
  isLabel?: boolean;
};

/** Shows a scope in one line: its group, its label, its raw name, whether it views or controls, its state. */
export function PermissionRow({ id, scope, above, mark, state, isLabel = false }: PermissionRowProps) {
  const { name, label, group } = scope;
  const isFirst = above?.group !== group;
  const Element = isLabel ? "label" : "div";
  return (
    <li className={isFirst && above ? "border-t border-border" : ""}>
      <Element
        className={`grid min-h-7 grid-cols-[20px_minmax(0,1fr)_auto] items-center gap-x-3 px-5 py-1 text-sm md:grid-cols-[20px_minmax(0,1fr)_150px_64px] lg:min-h-[26px] lg:grid-cols-[88px_20px_minmax(0,1fr)_170px_72px_104px] lg:py-0.5 ${isLabel ? "cursor-pointer hover:bg-sunken pointer-coarse:min-h-11" : ""}`}
      >
        {/* The tag at the end of each row says it to screen readers. */}
        <span aria-hidden="true" className="text-ink-subtle max-lg:hidden">
          {isFirst && GROUP_WORDS[group]}
        </span>
        {mark}
        <span id={`${id}-label`} className="min-w-0 font-medium wrap-anywhere">
          {label}
        </span>
        <code
          id={`${id}-name`}
          className="text-ink-muted max-md:col-start-2 max-md:row-start-2 max-md:text-xs"
        >
          {name}
        </code>
        <AccessTag
          id={`${id}-access`}
          access={group === "control" ? "control" : "view"}
          className="justify-self-start max-md:col-start-3 max-md:row-start-1"
        />
        <span id={`${id}-state`} className="text-ink-muted max-lg:sr-only">
          {state}
        </span>
      </Element>
    </li>
  );
}
