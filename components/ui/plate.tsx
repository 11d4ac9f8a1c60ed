import type { HTMLAttributes } from "react";

export type Party = "legrand" | "connect";

type PlateProps = HTMLAttributes<HTMLElement> & {
  /** The party that the page belongs to, shown as a coloured top edge. */
  edge?: Party;
  as?: "div" | "section" | "article" | "li";
};

/**
 * Shows a wall plate. It has no padding of its own: use 20 px (`p-5`) for content, none for a definition
 * list, and 32 px for consent.
 */
export function Plate({ edge, as: Element = "div", children, className = "", ...rest }: PlateProps) {
  return (
    <Element
      className={`relative rounded-plate border border-border bg-surface shadow-plate ${edge ? "overflow-clip" : ""} ${className}`}
      {...rest}
    >
      {edge && <Edge party={edge} />}
      {children}
    </Element>
  );
}

// A border instead of a background, so that it stays visible with forced colours.
function Edge({ party }: { party: Party }) {
  return (
    <span
      className={`absolute inset-x-0 top-0 border-t-3 ${party === "legrand" ? "border-brand" : "border-info"}`}
    />
  );
}
