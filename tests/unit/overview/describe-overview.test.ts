import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { axisFor } from "#lib/connect/admin/overview/axis.ts";
import { describeOverview, firstDayOf } from "#lib/connect/admin/overview/describe-overview.ts";
import { parsePeriod } from "#lib/connect/admin/overview/period-schema.ts";

const AT = new Date("2026-11-23T23:59:59Z");

describe("the overview", () => {
  test("has every day of the period, with today last, and zero for a day without events", () => {
    const plots = describeOverview([{ day: "2026-11-23", name: "connected", key: "", amount: 2 }], 30, AT);
    const connects = plots.find(({ id }) => id === "connected")!;
    expect(connects.days).toHaveLength(30);
    expect([connects.days[0], connects.days.at(-1)]).toEqual(["2026-10-25", "2026-11-23"]);
    expect(connects.series).toEqual([
      { key: "", label: "Connections", mark: 0, values: [...Array<number>(29).fill(0), 2], total: 2 },
    ]);
    expect(connects.dayTicks.at(-1)).toEqual({ index: 29, label: "23 Nov" });
    expect(plots.find(({ id }) => id === "denied")!.summary).toBe("None in this period.");
  });

  test("starts the sum of connected accounts with those from before the period", () => {
    const [linked] = describeOverview(
      [
        { day: "2026-10-24", name: "linked", key: "", amount: 100 },
        { day: "2026-10-26", name: "linked", key: "", amount: -10 },
        { day: "2026-11-23", name: "linked", key: "", amount: 3 },
      ],
      30,
      AT,
    );
    expect(linked!.series[0]!.values.slice(0, 3)).toEqual([100, 90, 90]);
    expect(linked!.series[0]!.values.at(-1)).toBe(93);
  });

  test("stacks failures by reason, in words, each with its own mark", () => {
    const reasons = ["unreachable", "server_error", "rate_limited", "unusable_answer", "not_admitted"];
    const plots = describeOverview(
      reasons.map((key, index) => ({ day: "2026-11-01", name: "refresh_failed", key, amount: index + 1 })),
      90,
      AT,
    );
    const { series, summary } = plots.find(({ id }) => id === "refresh_failed")!;
    expect(series.map(({ label }) => label)[0]).toBe("Application not admitted");
    expect(new Set(series.map(({ mark }) => mark)).size).toBe(reasons.length);
    expect(summary).toBe("15 in total; peak 15 on 1 November 2026.");
  });

  test("shows an unknown reason unchanged", () => {
    const plots = describeOverview(
      [{ day: "2026-11-01", name: "reconnect_needed", key: "constructor", amount: 1 }],
      30,
      AT,
    );
    expect(plots.find(({ id }) => id === "reconnect_needed")!.series.map(({ label }) => label)).toEqual([
      "constructor",
    ]);
  });

  test("begins at midnight UTC", () => {
    expect(firstDayOf(30, AT).toISOString()).toBe("2026-10-25T00:00:00.000Z");
  });

  test("exists for 30, 90 and 365 days, and for no other period", () => {
    expect([undefined, "", "30", "90", "365"].map((days) => parsePeriod(days))).toEqual(
      [30, 30, 30, 90, 365].map((period) => ({ ok: true, period })),
    );
    for (const days of ["0", "31", "-30", "1e2", "30 ", "constructor", ["30", "90"]])
      expect(parsePeriod(days)).toEqual({
        ok: false,
        sentence: "The overview is available for 30, 90 or 365 days.",
      });
  });
});

describe("an axis", () => {
  test("includes all values, and has two to seven round ticks at equal distances", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(10_000_000), { minLength: 1, maxLength: 365 }),
        fc.boolean(),
        (values, mayBeginAbove) => {
          const { low, high, ticks } = axisFor(values, { mayBeginAbove });
          const step = ticks[1]! - ticks[0]!;
          expect(low).toBeLessThanOrEqual(mayBeginAbove ? Math.min(...values) : 0);
          expect(high).toBeGreaterThanOrEqual(Math.max(...values));
          expect(ticks.length).toBeGreaterThanOrEqual(2);
          expect(ticks.length).toBeLessThanOrEqual(7);
          expect(ticks).toEqual(ticks.map((_, index) => low + index * step));
          expect(/^[125]0*$/.test(String(step))).toBe(true);
        },
      ),
    );
  });
});
