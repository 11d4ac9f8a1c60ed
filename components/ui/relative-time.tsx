const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const EXACT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// A unit is used from two of it on, except for small units: "in 60 minutes" is more precise than "in 1 hour",
// and "in 90 days" than "in 2 months", which cuts off a month.
const UNITS = [
  ["year", 365 * DAY, 730 * DAY],
  ["month", 30 * DAY, 121 * DAY],
  ["day", DAY, 2 * DAY],
  ["hour", HOUR, 2 * HOUR],
  ["minute", MINUTE, MINUTE],
  ["second", SECOND, 0],
] as const;

export function RelativeTime({ at, now }: { at: Date; now: Date }) {
  return (
    <time dateTime={at.toISOString()} title={`${EXACT.format(at)} UTC`}>
      {inWords(at.getTime() - now.getTime())}
    </time>
  );
}

function inWords(milliseconds: number): string {
  if (milliseconds <= 0 && milliseconds > -MINUTE) return "just now";
  const [unit, size] = UNITS.find(([, , from]) => Math.abs(milliseconds) >= from) ?? UNITS[5];
  return RELATIVE.format(Math.round(milliseconds / size), unit);
}
