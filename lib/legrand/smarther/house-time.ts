/** The one time zone of all homes of the sandbox, and of all its accounts. */
const HOUSE_TIME_ZONE = "Europe/Paris";

const OFFSET = new Intl.DateTimeFormat("en-GB", { timeZone: HOUSE_TIME_ZONE, timeZoneName: "longOffset" });
const MINUTE_MS = 60_000;
const MOMENT =
  /^(\d{4})-(\d{1,2})-(\d{1,2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:(Z)|([+-])([01]\d|2[0-3]):?([0-5]\d))?$/i;

/**
 * From then on a year has five digits, which fit neither Legrand's pattern nor the format that is sent to the
 * database.
 */
const YEAR_10000: WallClock = Date.UTC(10_000, 0);

/**
 * The wall clock time in the house, in milliseconds as `Date.UTC` counts them, as if the house had no time
 * zone.
 */
type WallClock = number;

/** Returns how many minutes the house is ahead of UTC at that moment. */
function offsetMinutes(at: number): number {
  const name = OFFSET.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

/** Returns what the clock in the house shows at that moment. */
export function wallClockAt(at: Date): WallClock {
  return at.getTime() + offsetMinutes(at.getTime()) * MINUTE_MS;
}

/**
 * Returns when the clock in the house shows that time. For a time that the clock skips, returns the moment at
 * which it would have shown it.
 */
export function momentOf(wallClock: WallClock): Date {
  const guess = wallClock - offsetMinutes(wallClock) * MINUTE_MS;
  return new Date(wallClock - offsetMinutes(guess) * MINUTE_MS);
}

/**
 * Formats a moment as `2021-02-27T22:49:32`: to the second, as the clock in the house shows it and as several
 * programs read `activationTime` (LEGRAND, More facts).
 */
export function formatWallClock(at: Date): string {
  return new Date(wallClockAt(at)).toISOString().slice(0, 19);
}

/**
 * Formats a moment as `2021-02-27T22:49:32+01:00`: to the second and with the house's offset, as Legrand
 * writes times ("YYYY-MM-DDThh:mm:ss±hh:mm").
 */
export function formatHouseTime(at: Date): string {
  const offset = offsetMinutes(at.getTime());
  const pad = (value: number) => String(value).padStart(2, "0");
  const size = Math.abs(offset);
  return `${formatWallClock(at)}${offset < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/**
 * Formats a moment as `2021-02-27T21:49:32Z`: to the second, as the cloud writes times that do not belong to
 * a house.
 */
export const formatUtc = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

/**
 * Parses a time from a client, or returns null. Legrand's pattern has no offset; such a time is in the
 * house's time zone. A time with an offset is read with that offset.
 */
export function parseHouseTime(text: string): Date | null {
  const [, year, month, day, hour, minute, second = "0", utc, sign, offsetHours, offsetMinutesPart] =
    MOMENT.exec(text) ?? [];
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const wallClock = Date.UTC(y, mo - 1, d, h, mi, s);
  const read = new Date(wallClock);
  // Date.UTC turns the 30th of February into a day in March.
  if (read.getUTCMonth() !== mo - 1 || read.getUTCDate() !== d || h > 23 || mi > 59 || s > 59) return null;
  const offset = (sign === "-" ? -1 : 1) * (Number(offsetHours) * 60 + Number(offsetMinutesPart)) * MINUTE_MS;
  const moment = utc ? read : sign ? new Date(wallClock - offset) : momentOf(wallClock);
  return wallClockAt(moment) < YEAR_10000 ? moment : null;
}
