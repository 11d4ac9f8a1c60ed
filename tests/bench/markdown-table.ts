/** Returns a Markdown table. The first column is text, the others are numbers. */
export function toMarkdownTable(head: string[], rows: string[][]): string {
  return [head, head.map((_, column) => (column === 0 ? "---" : "--:")), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

/** Shows a number with as many digits as a reader needs, or a dash for a missing one. */
export const showNumber = (value: number | null): string =>
  value === null
    ? "–"
    : value.toLocaleString("en", { maximumFractionDigits: value < 1 ? 2 : value < 100 ? 1 : 0 });

/** Shows a ratio. */
export const showRatio = (value: number): string => value.toFixed(2);

/** Shows the lowest and the highest of some values. */
export const showSpread = (values: number[]): string =>
  `${showNumber(Math.min(...values))}–${showNumber(Math.max(...values))}`;
