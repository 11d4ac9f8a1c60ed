import { Fragment } from "react";

/** An address or a name whose lines end behind its `@`, dots and dashes: words within it stay whole as long as there is room for one. */
export function Breakable({ children }: { children: string }) {
  return children.split(/(?<=[@._+-])(?=.)/u).map((part, index) => <Fragment key={index}>{index > 0 && <wbr />}{part}</Fragment>);
}
