/**
 * Patterns that distinguish the series without colour: lines in different directions, dots, or none. In the
 * order of `Series.mark`.
 */
const MARKS = [
  { text: "text-info", pattern: null },
  { text: "text-danger", pattern: <path d="M-1 1 1 -1M0 6 6 0M5 7 7 5" /> },
  { text: "text-warning", pattern: <path d="M0 3H6" /> },
  { text: "text-success", pattern: <path d="M3 0V6" /> },
  { text: "text-ink-muted", pattern: <circle cx="3" cy="3" r="1" /> },
] as const;

const idOf = (plot: string, mark: number) => `${plot}-mark-${mark}`;

/** Returns the fill of a mark in a plot, which has to contain `MarkDefinitions`. */
export const fillOf = (plot: string, mark: number) =>
  MARKS[mark]!.pattern ? `url(#${idOf(plot, mark)})` : "currentColor";

/** Returns the CSS class with the colour of a mark. */
export const colourOf = (mark: number): string => MARKS[mark]!.text;

/** Defines the patterns of the marks in one plot. */
export function MarkDefinitions({ plot, marks }: { plot: string; marks: number[] }) {
  return (
    <defs>
      {marks.map(
        (mark) =>
          MARKS[mark]!.pattern && (
            <pattern
              key={mark}
              id={idOf(plot, mark)}
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              className={colourOf(mark)}
              stroke="currentColor"
              strokeWidth="1.5"
            >
              <rect width="6" height="6" fill="currentColor" fillOpacity="0.3" stroke="none" />
              {MARKS[mark]!.pattern}
            </pattern>
          ),
      )}
    </defs>
  );
}
