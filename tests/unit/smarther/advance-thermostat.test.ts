import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { advanceThermostat, isActive } from "#lib/legrand/smarther/advance-thermostat.ts";
import { shownSetPoint, targetAt } from "#lib/legrand/smarther/target.ts";
import type { Thermostat } from "#lib/legrand/smarther/thermostat.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const BEGIN = new Date("2026-11-23T11:00:00Z");
const YEARS = {
  min: new Date("2020-01-01T00:00:00Z"),
  max: new Date("2030-01-01T00:00:00Z"),
  noInvalidDate: true,
};

const MANUAL: Thermostat = {
  function: "heating",
  mode: "manual",
  setPoint: 21,
  program: 1,
  activationEnd: null,
  temperature: 18,
  humidity: 50,
  measuredAt: BEGIN,
};
const later = (hours: number, from = BEGIN) => new Date(from.getTime() + hours * HOUR_MS);

const moment = fc.date(YEARS);
const temperature = fc.double({ min: -20, max: 50, noNaN: true });
const elapsedHours = fc.oneof(
  fc.double({ min: 0, max: 48, noNaN: true }),
  fc.double({ min: 0, max: 20 * 365 * 24, noNaN: true }),
);
const thermostat: fc.Arbitrary<Thermostat> = fc.record({
  function: fc.constantFrom("heating", "cooling"),
  mode: fc.constantFrom("automatic", "manual", "boost", "off", "protection"),
  setPoint: fc.double({ min: 7, max: 40, noNaN: true }),
  program: fc.constantFrom(1, 2, 3),
  activationEnd: fc.option(moment),
  temperature,
  humidity: fc.double({ min: 20, max: 80, noNaN: true }),
  measuredAt: moment,
});

describe("a room approaches its target temperature", () => {
  test("gets closer over time, and never overshoots", () => {
    fc.assert(
      fc.property(thermostat, elapsedHours, elapsedHours, (stored, first, second) => {
        const state = {
          ...stored,
          activationEnd: null,
          mode: stored.mode === "automatic" ? ("manual" as const) : stored.mode,
        };
        const target = targetAt(state, state.measuredAt);
        const distances = [0, Math.min(first, second), Math.max(first, second)].map(
          (hours) => advanceThermostat(state, later(hours, state.measuredAt)).temperature - target,
        );
        const sizes = distances.map(Math.abs);
        expect(sizes[1]).toBeLessThanOrEqual(sizes[0]!);
        expect(sizes[2]).toBeLessThanOrEqual(sizes[1]! + 1e-9);
        for (const distance of distances) expect(distance * distances[0]!).toBeGreaterThanOrEqual(-1e-9);
      }),
    );
  });

  test("reaches the same state however often it is read in between", () => {
    fc.assert(
      fc.property(thermostat, fc.array(elapsedHours, { maxLength: 5 }), (stored, hours) => {
        const moments = [...hours].sort((a, b) => a - b).map((elapsed) => later(elapsed, stored.measuredAt));
        const last = moments.at(-1) ?? stored.measuredAt;
        const atOnce = advanceThermostat(stored, last);
        const inSteps = moments.reduce(advanceThermostat, stored);
        expect(inSteps.temperature).toBeCloseTo(atOnce.temperature, 8);
        expect(inSteps.humidity).toBeCloseTo(atOnce.humidity, 8);
        expect([inSteps.mode, inSteps.activationEnd, inSteps.measuredAt]).toEqual([
          atOnce.mode,
          atOnce.activationEnd,
          atOnce.measuredAt,
        ]);
      }),
      { numRuns: 300 },
    );
  });

  test("has realistic numbers whenever it was stored and whenever it is read", () => {
    fc.assert(
      fc.property(thermostat, moment, (stored, at) => {
        const state = advanceThermostat(stored, at);
        expect(state.temperature).toBeGreaterThanOrEqual(Math.min(stored.temperature, 5));
        expect(state.temperature).toBeLessThanOrEqual(Math.max(stored.temperature, 40));
        expect(state.humidity).toBeGreaterThanOrEqual(20);
        expect(state.humidity).toBeLessThanOrEqual(80);
      }),
      { numRuns: 300 },
    );
  });

  test("computing from years ago costs no more than from a week ago", () => {
    const stored = { ...MANUAL, mode: "automatic" as const, measuredAt: new Date("1971-01-01T00:00:00Z") };
    const begin = performance.now();
    for (let reading = 0; reading < 200; reading++) advanceThermostat(stored, BEGIN);
    expect((performance.now() - begin) / 200).toBeLessThan(20);
    const lastWeek = { ...stored, measuredAt: later(-24 * 7) };
    expect(advanceThermostat(stored, BEGIN).temperature).toBeCloseTo(
      advanceThermostat(lastWeek, BEGIN).temperature,
      8,
    );
  });

  test("returns the stored state if the clock was set back", () => {
    expect(advanceThermostat(MANUAL, later(-1))).toBe(MANUAL);
  });
});

describe("modes", () => {
  test("heating a room takes an hour for most of the difference, and then stops", () => {
    expect(isActive(MANUAL)).toBe(true);
    expect(advanceThermostat(MANUAL, later(1)).temperature).toBeCloseTo(19.9, 1);
    const warm = advanceThermostat(MANUAL, later(6));
    expect([warm.temperature.toFixed(1), isActive(warm)]).toEqual(["21.0", false]);
  });

  test("lets a warm room cool down while heating, and cools it actively while cooling", () => {
    const warm = { ...MANUAL, temperature: 25 };
    const cooled = { ...warm, function: "cooling" as const };
    expect([isActive(warm), isActive(cooled)]).toEqual([false, true]);
    expect(advanceThermostat(cooled, later(1)).temperature).toBeLessThan(
      advanceThermostat(warm, later(1)).temperature,
    );
    expect(isActive({ ...cooled, temperature: 18 })).toBe(false);
  });

  test("manual mode with an end returns to the program at its end", () => {
    const ending = { ...MANUAL, setPoint: 30, activationEnd: later(1) };
    expect(advanceThermostat(ending, later(0.99))).toMatchObject({ mode: "manual", activationEnd: later(1) });
    const after = advanceThermostat(ending, later(1));
    expect(after).toMatchObject({ mode: "automatic", activationEnd: null });
    expect(advanceThermostat(ending, later(4)).temperature).toBeLessThan(after.temperature);
  });

  test("a boost heats and ends", () => {
    const boosted = { ...MANUAL, mode: "boost" as const, activationEnd: later(0.5) };
    expect(isActive(boosted)).toBe(true);
    expect(advanceThermostat(boosted, later(0.5))).toMatchObject({
      mode: "automatic",
      activationEnd: null,
      temperature: expect.closeTo(22.7, 1),
    });
  });

  test("off is cold and never heats; protection keeps 7 °C", () => {
    const off = advanceThermostat({ ...MANUAL, mode: "off" }, later(200));
    expect([off.temperature.toFixed(1), isActive(off)]).toEqual(["5.0", false]);
    expect(advanceThermostat({ ...MANUAL, mode: "protection" }, later(200)).temperature).toBeCloseTo(7, 5);
    expect(isActive({ ...MANUAL, mode: "protection", temperature: 6 })).toBe(true);
  });

  test.each([
    ["2026-11-23T05:29:00Z", 17],
    ["2026-11-23T05:30:00Z", 20],
    ["2026-11-23T21:29:59Z", 20],
    ["2026-11-23T21:30:00Z", 17],
    // Summer time: two hours ahead of UTC.
    ["2026-07-01T04:29:00Z", 17],
    ["2026-07-01T04:30:00Z", 20],
  ])('at %s the program "At Home" wants %d °C, by the clock in the house', (at, wanted) => {
    expect(shownSetPoint({ ...MANUAL, mode: "automatic" }, new Date(at))).toBe(wanted);
  });

  test("in automatic mode, the room follows the program over the day", () => {
    const stored = { ...MANUAL, mode: "automatic" as const, measuredAt: new Date("2026-11-20T12:00:00Z") };
    const at = (time: string) => advanceThermostat(stored, new Date(`2026-11-23T${time}:00Z`)).temperature;
    expect(at("05:30")).toBeLessThan(18);
    expect(at("11:00")).toBeCloseTo(20, 1);
    expect(at("21:30")).toBeCloseTo(20, 2);
    expect(at("23:00")).toBeLessThan(20);
  });
});
