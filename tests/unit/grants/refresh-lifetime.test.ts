import { describe, expect, test } from "vitest";

import { epochSeconds } from "#lib/clock.ts";
import { setEnvironment } from "#tests/unit/environment.ts";

const DAY = 24 * 60 * 60;

async function lifetimeOf(token: { iiat?: unknown; iat?: unknown }, days?: string): Promise<number> {
  setEnvironment(days ? { SANDBOX_REFRESH_MAX_DAYS: days } : {});
  const { refreshLifetime } = await import("#lib/legrand/grants/refresh-lifetime.ts");
  return refreshLifetime(token);
}

describe("a new refresh token lives 90 days, but not beyond its absolute end (ASVS 10.4.8)", () => {
  test.each([
    ["one that begins now", 0, undefined, 90 * DAY],
    ["one that began 275 days ago", 275 * DAY, undefined, 90 * DAY],
    ["one that began 276 days ago", 276 * DAY, undefined, 89 * DAY],
    ["one that ends in a second", 365 * DAY - 1, undefined, 1],
    ["one that ends now", 365 * DAY, undefined, 0],
    ["one that has ended", 400 * DAY, undefined, -35 * DAY],
    ["with a setting below 90 days", 0, "30", 30 * DAY],
    ["with a setting above a year", 700 * DAY, "730", 30 * DAY],
  ])("%s", async (_which, age, days, seconds) => {
    expect(
      Math.abs((await lifetimeOf({ iiat: epochSeconds() - age, iat: epochSeconds() }, days)) - seconds),
    ).toBeLessThanOrEqual(1);
  });

  test.each([
    ["when it was issued, without iiat", { iat: epochSeconds() - 300 * DAY }, 65 * DAY],
    ["now, without either", {}, 90 * DAY],
    ["now, where both are none", { iiat: null, iat: "soon" }, 90 * DAY],
  ])("it begins %s", async (_when, token, seconds) =>
    expect(Math.abs((await lifetimeOf(token)) - seconds)).toBeLessThanOrEqual(1),
  );
});
