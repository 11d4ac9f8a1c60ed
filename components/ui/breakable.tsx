import { Fragment } from "react";

/** What has no more characters stays in one piece. */
const SHORT = 20;

/**
 * An address or a name: its lines end behind the `@`, and where a side of it is long behind its dots and
 * dashes; else within no word.
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
