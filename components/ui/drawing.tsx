/**
 * Line drawings, 160 by 96. `line` is drawn in ink, `quiet` in grey and dashed for what is missing, `accent` in
 * the colour of what happened.
 */
const DRAWINGS = {
  // A switch that stays off.
  denied: {
    line: "M56 16h48a8 8 0 0 1 8 8v48a8 8 0 0 1-8 8H56a8 8 0 0 1-8-8V24a8 8 0 0 1 8-8ZM66 28h28v40H66zM66 48h28M76 58h8",
    quiet: "M8 48h30M122 48h30",
    accent: "M124 14l16 16M140 14l-16 16",
  },
  // A clock beside a wire that ends.
  expired: {
    line: "M112 48a32 32 0 1 1-64 0 32 32 0 0 1 64 0ZM80 28v20l14 9",
    quiet: "M8 48h30M122 48h30",
    accent: "M80 16v4M80 76v4M48 48h4M108 48h4",
  },
  // A plot without a house.
  "no-home": {
    line: "M20 80h120M30 80V70M130 80V70M126 70h8M26 70h8",
    quiet: "M48 80V44l32-26 32 26v36M70 80V58h20v22",
    accent: "M80 4v6M58 12l4 5M102 12l-4 5",
  },
  // An empty frame among plates.
  "no-application": {
    line: "M14 30h32a6 6 0 0 1 6 6v28a6 6 0 0 1-6 6H14a6 6 0 0 1-6-6V36a6 6 0 0 1 6-6ZM22 50h16M114 30h32a6 6 0 0 1 6 6v28a6 6 0 0 1-6 6h-32a6 6 0 0 1-6-6V36a6 6 0 0 1 6-6ZM122 46h16M122 54h10",
    quiet: "M66 24h28a6 6 0 0 1 6 6v40a6 6 0 0 1-6 6H66a6 6 0 0 1-6-6V30a6 6 0 0 1 6-6Z",
    accent: "M80 40v20M70 50h20",
  },
  // A plug that is not in its socket.
  "not-found": {
    line: "M8 48h26M34 32h18a16 16 0 0 1 0 32H34zM68 41h14M68 55h14M124 20h20a6 6 0 0 1 6 6v44a6 6 0 0 1-6 6h-20a6 6 0 0 1-6-6V26a6 6 0 0 1 6-6Z",
    quiet: "M90 41h20M90 55h20",
    accent: "M134 41h.1M134 55h.1",
  },
  // A wire that is cut.
  failed: {
    line: "M8 48h52M100 48h52M60 40v16M100 40v16",
    quiet: "M68 48h24",
    accent: "M80 14l-6 14h12l-6 14M72 66l8 8 8-8",
  },
  // A mailbox with nothing in it.
  "no-mail": {
    line: "M40 76V44a20 20 0 0 1 20-20h44a20 20 0 0 1 20 20v32ZM60 24a20 20 0 0 1 20 20v32M92 76v14",
    quiet: "M48 50h22",
    accent: "M104 40h24M128 40v-14h10v8h-10",
  },
} as const;

export type DrawingName = keyof typeof DRAWINGS;

const ACCENTS = { connect: "stroke-info", legrand: "stroke-brand" } as const;

/** Shows a decorative drawing beside an error or in an empty list. The words next to it carry the meaning. */
export function Drawing({
  name,
  party,
  className = "",
}: {
  name: DrawingName;
  party: keyof typeof ACCENTS;
  className?: string;
}) {
  const { line, quiet, accent } = DRAWINGS[name];
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 160 96"
      className={`h-24 w-40 flex-none fill-none stroke-2 ${className}`}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={quiet} className="stroke-border-strong" strokeDasharray="4 5" />
      <path d={line} className="stroke-ink" />
      <path d={accent} className={`stroke-3 ${ACCENTS[party]}`} />
    </svg>
  );
}
