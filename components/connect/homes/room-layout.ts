// The lines of the rooms and their placeholders share these classes, so that nothing moves when the homes
// arrive. On a wide screen the controls are on the line of the summary, in the space that it leaves free at its
// right. They are beside the summary in the document, because a summary may not contain other controls.

/** A line of a home. */
export const LINE = "px-5 py-2 lg:grid lg:grid-cols-[minmax(0,1fr)_488px] lg:items-start lg:gap-x-3 lg:py-0";

/** The part of a line that opens it. */
export const OPENER =
  "grid min-h-8 grid-cols-[16px_minmax(0,1fr)_auto_auto] items-center gap-x-2 " +
  "pointer-coarse:min-h-11 lg:grid-cols-[16px_minmax(0,1fr)_72px_56px] lg:mr-[500px]";

/** What a room is doing, and its controls. Two lines on a telephone, one elsewhere. */
export const CONTROLS =
  "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 sm:grid-cols-[208px_minmax(0,1fr)_auto] " +
  "lg:col-start-2 lg:row-start-1";

/** The height of a line with a field on a wide screen. */
export const HEATED = "lg:min-h-12 pointer-coarse:lg:min-h-13";

/** The height of a line without a field on a wide screen. */
export const UNHEATED = "lg:min-h-10 pointer-coarse:lg:min-h-11";
