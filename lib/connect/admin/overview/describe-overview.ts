import { axisFor } from "#lib/connect/admin/overview/axis.ts";
import type { DailyNumber } from "#lib/connect/admin/overview/daily-number.ts";
import type { Period } from "#lib/connect/admin/overview/period-schema.ts";
import type { Plot, Series } from "#lib/connect/admin/overview/plot.ts";
import { markOfReason, nameReason } from "#lib/connect/admin/overview/reasons.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const TICK_DAYS: Record<Period, number> = { 30: 7, 90: 21, 365: 91 };
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const LONG_DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** Returns the first day of the period at midnight UTC; the last day is today. */
export function firstDayOf(period: Period, at: Date): Date {
  return new Date((Math.floor(at.getTime() / DAY_MS) - period + 1) * DAY_MS);
}

/**
 * Returns the plots of the overview. Days without data are 0. `numbers` is the result of `listDailyNumbers`
 * from the first day on. Pure.
 */
export function describeOverview(numbers: readonly DailyNumber[], period: Period, at: Date): Plot[] {
  const first = firstDayOf(period, at).getTime();
  const days = Array.from({ length: period }, (_, index) => isoDay(new Date(first + index * DAY_MS)));
  const of = (name: DailyNumber["name"]) => numbers.filter((number) => number.name === name);
  const dayTicks = tickDays(days, TICK_DAYS[period]);
  const common = { days, dayTicks };
  const bars = (id: string, texts: { title: string; explanation: string }, series: Series[]): Plot => ({
    ...common,
    ...texts,
    id,
    shape: "bars",
    series,
    summary: summarise(days, series),
    axis: axisFor(totals(series), { mayBeginAbove: false }),
  });
  return [
    linked(of("linked"), common),
    bars(
      "connected",
      {
        title: "Connections per day",
        explanation: "Accounts that were connected, for the first time or again.",
      },
      byKey(of("connected"), days, () => "Connections"),
    ),
    bars(
      "denied",
      {
        title: "Denials per day",
        explanation: "How often people returned from Legrand with “Deny”. Who they were is not stored.",
      },
      byKey(of("denied"), days, () => "Denials"),
    ),
    bars(
      "refresh_failed",
      {
        title: "Failed refreshes per day",
        explanation: "Accounts that became temporarily unavailable, by reason. They are tried again.",
      },
      byKey(of("refresh_failed"), days, nameReason),
    ),
    bars(
      "reconnect_needed",
      {
        title: "Lost connections per day",
        explanation: "Accounts whose refresh failed permanently, by reason. Each needs action.",
      },
      byKey(of("reconnect_needed"), days, nameReason),
    ),
  ];
}

const isoDay = (day: Date) => day.toISOString().slice(0, 10);

function linked(changes: DailyNumber[], { days, dayTicks }: Pick<Plot, "days" | "dayTicks">): Plot {
  const before = changes.filter(({ day }) => day < days[0]!).reduce((sum, { amount }) => sum + amount, 0);
  const [change] = byKey(changes, days, () => "Connected accounts");
  let total = before;
  const values = change!.values.map((amount) => (total += amount));
  const axis = axisFor(values, { mayBeginAbove: true });
  return {
    id: "linked",
    shape: "line",
    title: "Connected accounts",
    explanation: "At the end of each day: all that are not disconnected, whatever their state.",
    summary: `${count(values[0]!)} on ${longDay(days[0]!)}, ${count(values.at(-1)!)} on ${longDay(days.at(-1)!)}.${axis.low > 0 ? ` The axis begins at ${count(axis.low)}.` : ""}`,
    days,
    dayTicks,
    series: [{ ...change!, values }],
    axis,
  };
}

/** Returns a series for each key, the largest first, or a single series of zeros if there is no key. */
function byKey(numbers: DailyNumber[], days: string[], label: (key: string) => string): Series[] {
  const places = new Map(days.map((day, index) => [day, index]));
  const series = new Map<string, number[]>();
  for (const { day, key, amount } of numbers) {
    if (!series.has(key))
      series.set(
        key,
        days.map(() => 0),
      );
    const place = places.get(day);
    if (place !== undefined) series.get(key)![place]! += amount;
  }
  if (series.size === 0)
    series.set(
      "",
      days.map(() => 0),
    );
  return [...series]
    .map(([key, values]) => ({ key, label: label(key), mark: markOfReason(key), values, total: sum(values) }))
    .sort((a, b) => b.total - a.total || (a.label < b.label ? -1 : 1));
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Returns the sum of all series for each day. */
function totals(series: readonly Series[]): number[] {
  return series[0]!.values.map((_, index) => sum(series.map(({ values }) => values[index]!)));
}

function summarise(days: string[], series: Series[]): string {
  const values = totals(series);
  const all = sum(values);
  if (all === 0) return "None in this period.";
  const most = values.indexOf(Math.max(...values));
  return `${count(all)} in total; peak ${count(values[most]!)} on ${longDay(days[most]!)}.`;
}

const count = (value: number) => value.toLocaleString("en");
const longDay = (day: string) => LONG_DAY.format(new Date(day));

/** Counts backwards from today, so that today has a tick. */
function tickDays(days: string[], every: number): Plot["dayTicks"] {
  return days
    .map((day, index) => ({ index, label: DAY.format(new Date(day)) }))
    .filter(({ index }) => (days.length - 1 - index) % every === 0);
}
