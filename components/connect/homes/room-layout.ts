// The lines of the rooms and their placeholders share these classes, so that nothing moves when the homes
// arrive. The controls are on the line of the summary, in the space that it leaves free at its right, where
// there is enough of it. They are beside the summary in the document, because a summary may not contain other
// controls.

/** The classes of a line: the whole line, the part that opens, the details with it, and the controls. */
type LineClasses = { line: string; details: string; opener: string; controls: string };

const OPENER = "grid items-center gap-x-2 pointer-coarse:min-h-11";

/** A room with a thermostat: three lines on a telephone, two on a tablet, one on a wide screen. */
export const HEATED: LineClasses = {
  line: "px-5 py-2 lg:grid lg:grid-cols-[minmax(0,1fr)_488px] lg:items-start lg:gap-x-3 lg:py-0",
  details: "lg:col-start-1 lg:col-end-3 lg:row-start-1",
  opener:
    `${OPENER} min-h-8 grid-cols-[16px_minmax(0,1fr)_auto_auto] lg:mr-[500px] lg:min-h-12 ` +
    "lg:grid-cols-[16px_minmax(0,1fr)_72px_56px] pointer-coarse:lg:min-h-13",
  controls:
    "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 max-lg:mt-1 sm:grid-cols-[208px_minmax(0,1fr)_auto] " +
    "lg:col-start-2 lg:row-start-1 lg:min-h-12 pointer-coarse:lg:min-h-13",
};

/** A room without a thermostat: one line everywhere. */
export const UNHEATED: LineClasses = {
  line: "grid grid-cols-[minmax(0,1fr)_96px] items-start gap-x-3 px-5 lg:grid-cols-[minmax(0,1fr)_488px]",
  details: "col-start-1 col-end-3 row-start-1",
  opener: `${OPENER} mr-27 min-h-10 grid-cols-[16px_minmax(0,1fr)] lg:mr-[500px]`,
  controls: "col-start-2 row-start-1 flex min-h-10 items-center pointer-coarse:min-h-11 max-lg:justify-end",
};
