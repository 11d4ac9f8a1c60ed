import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { FULL_WAY_SECONDS, levelAt } from "#lib/legrand/home-control/level-at.ts";

const AT = new Date("2026-11-23T09:30:00Z");
const after = (seconds: number) => new Date(AT.getTime() + seconds * 1000);
const shutter = (level: number, targetLevel: number) => ({ level, targetLevel, movedAt: AT });

describe("the level of a shutter is computed on read (decision 23)", () => {
  test("opens and closes at a constant speed, and stops at its target", () => {
    expect([0, 5, 10, 20, 3600].map((seconds) => levelAt(shutter(0, 100), after(seconds)))).toEqual([
      0, 25, 50, 100, 100,
    ]);
    expect([0, 5, 10, 20, 3600].map((seconds) => levelAt(shutter(100, 30), after(seconds)))).toEqual([
      100, 75, 50, 30, 30,
    ]);
  });

  test("a shutter at rest keeps its level, also for a time before the last setting", () => {
    expect(levelAt(shutter(40, 40), after(60))).toBe(40);
    expect(levelAt(shutter(40, 100), after(-60))).toBe(40);
  });

  const level = fc.integer({ min: 0, max: 100 });
  const seconds = fc.integer({ min: 0, max: 2 * FULL_WAY_SECONDS });

  test("reading during the movement changes nothing, and no level is outside its range", () => {
    fc.assert(
      fc.property(level, level, seconds, seconds, (from, to, first, second) => {
        const between = levelAt(shutter(from, to), after(first));
        const resumed = levelAt(
          { level: between, targetLevel: to, movedAt: after(first) },
          after(first + second),
        );
        expect(resumed).toBeCloseTo(levelAt(shutter(from, to), after(first + second)), 9);
        expect(between).toBeGreaterThanOrEqual(Math.min(from, to));
        expect(between).toBeLessThanOrEqual(Math.max(from, to));
      }),
    );
  });
});
