// A plug that is not in its socket.
const UNPLUGGED = {
  line: "M8 48h26M34 32h18a16 16 0 0 1 0 32H34zM68 41h14M68 55h14M124 20h20a6 6 0 0 1 6 6v44a6 6 0 0 1-6 6h-20a6 6 0 0 1-6-6V26a6 6 0 0 1 6-6Z",
  quiet: "M90 41h20M90 55h20",
  accent: "M134 41h.1M134 55h.1",
};

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
  // A plot that waits for its house, between a bush and a tree.
  "no-home": {
    line: "M8 82h144M16 82a10 10 0 0 1 20 0M136 82V66M136 66a10 10 0 1 1 .1 0",
    quiet: "M50 82V44l30-26 30 26v38M70 82V62h20v20",
    accent: "M80 34v16M72 42h16",
  },
  // An empty frame among plates.
  "no-application": {
    line: "M14 30h32a6 6 0 0 1 6 6v28a6 6 0 0 1-6 6H14a6 6 0 0 1-6-6V36a6 6 0 0 1 6-6ZM22 50h16M114 30h32a6 6 0 0 1 6 6v28a6 6 0 0 1-6 6h-32a6 6 0 0 1-6-6V36a6 6 0 0 1 6-6ZM122 46h16M122 54h10",
    quiet: "M66 24h28a6 6 0 0 1 6 6v40a6 6 0 0 1-6 6H66a6 6 0 0 1-6-6V30a6 6 0 0 1 6-6Z",
    accent: "M80 40v20M70 50h20",
  },
  "not-found": UNPLUGGED,
  "not-connected": UNPLUGGED,
  // A wire that is cut.
  failed: {
    line: "M8 48h42M50 38v20M110 48h42M110 38v20",
    quiet: "M106 48a26 26 0 1 1-52 0 26 26 0 0 1 52 0Z",
    accent: "M84 32L73 50h14L76 66",
  },
  // A mailbox with nothing in it.
  "no-mail": {
    line: "M40 74V46a20 20 0 0 1 20-20h42a20 20 0 0 1 20 20v28ZM60 26a20 20 0 0 1 20 20v28M98 74v16",
    quiet: "M50 56h20M8 90h144",
    accent: "M104 52V14h16v10h-16",
  },
  // A lock between two applications that are not there.
  "no-access": {
    line: "M62 42h36a6 6 0 0 1 6 6v28a6 6 0 0 1-6 6H62a6 6 0 0 1-6-6V48a6 6 0 0 1 6-6ZM66 42V30a14 14 0 0 1 28 0v12",
    quiet: "M8 46h32v32H8zM120 46h32v32h-32z",
    accent: "M80 58v9",
  },
  // A board without its key.
  "no-key": {
    line: "M16 12h128a8 8 0 0 1 8 8v56a8 8 0 0 1-8 8H16a8 8 0 0 1-8-8V20a8 8 0 0 1 8-8Z",
    quiet: "M64 48a13 13 0 1 1-26 0 13 13 0 0 1 26 0ZM64 48h58M102 48v12M114 48v9",
    accent: "M118 24v12M112 30h12",
  },
} as const;

export type DrawingName = keyof typeof DRAWINGS;

const ACCENTS = { connect: "stroke-info", legrand: "stroke-brand" } as const;

/** Shows a decorative drawing beside an error or in an empty list. The words next to it carry the meaning. */
export function LineDrawing({
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
