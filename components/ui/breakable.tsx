import { Fragment } from "react";

/** Parts of up to this many characters are never broken. */
const SHORT = 20;

/**
 * Shows an address or a name that may break after the `@`, and in a long part also after its dots and dashes.
 * It never breaks elsewhere within a word.
 */
export function Breakable({ children }: { children: string }) {
  const parts = children
    .split(/(?<=@)(?=.)/u)
    .flatMap((side) => (side.length > SHORT ? side.split(/(?<=[._+-])(?=.)/u) : [side]));
  return parts.map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
