import { randomUUID } from "node:crypto";

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { countSignInAttempt } from "#lib/legrand/attempts/count-sign-in-attempt.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NETWORKS = Array.from({ length: 5 }, (_, network) => `198.51.100.${network}`);

// Fakes only the time of day; the database's own timers keep running.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Guesses until an attempt is refused. Returns how many were allowed. */
async function guessUntilRefused(email: string, network: string, knownAs: string | null): Promise<number> {
  for (let guesses = 0; ; guesses++)
    if (!(await countSignInAttempt({ email, network, knownAs })).ok) return guesses;
}

/** Returns the highest number of guesses within any hour. */
function mostInAnHour(guesses: { at: number; count: number }[]): number {
  return Math.max(
    ...guesses.map(({ at }) =>
      guesses
        .filter((one) => one.at >= at && one.at < at + HOUR_MS)
        .reduce((sum, { count }) => sum + count, 0),
    ),
  );
}

onEveryDatabase(() => {
  describe("attempts at one account", () => {
    test("are limited to 100 within any hour, over all networks, stolen device cookies and stolen sessions", async () => {
      const email = `${randomUUID()}@example.com`;
      const stolen = Array.from({ length: 8 }, () => randomUUID());
      const begin = Date.now();
      const guesses: { at: number; count: number }[] = [];
      const guessAll = async (minute: number) => {
        const at = begin + minute * MINUTE_MS;
        vi.setSystemTime(at);
        for (const network of NETWORKS)
          guesses.push({ at, count: await guessUntilRefused(email, network, null) });
        for (const knownAs of stolen)
          guesses.push({ at, count: await guessUntilRefused(email, NETWORKS[0]!, knownAs) });
      };
      // The worst case for fixed windows: one guess starts them, and they are used up at their end and at the
      // next start.
      for (const knownAs of [null, stolen[0]!])
        await countSignInAttempt({ email, network: NETWORKS[0]!, knownAs });
      for (const minute of [59.9, 60.1, 119.8, 120.2]) await guessAll(minute);
      expect(mostInAnHour(guesses)).toBeLessThanOrEqual(100);
      expect(mostInAnHour(guesses)).toBeGreaterThan(80);
    });

    test("are limited to ten from each network within a quarter of an hour", async () => {
      const email = `${randomUUID()}@example.com`;
      expect(await guessUntilRefused(email, NETWORKS[0]!, null)).toBe(10);
      expect(await guessUntilRefused(email.toUpperCase(), NETWORKS[0]!, null)).toBe(0);
      expect(await guessUntilRefused(email, NETWORKS[1]!, null)).toBe(10);
      vi.setSystemTime(Date.now() + 15 * MINUTE_MS + 1);
      expect(await guessUntilRefused(email, NETWORKS[0]!, null)).toBe(10);
    });

    test("are five more in a known browser, even after strangers used up the others", async () => {
      const email = `${randomUUID()}@example.com`;
      for (const network of NETWORKS) await guessUntilRefused(email, network, null);
      expect(await guessUntilRefused(email, NETWORKS[0]!, randomUUID())).toBe(5);
      expect(await guessUntilRefused(email, NETWORKS[0]!, null)).toBe(0);
    });

    test("report how long to wait: until the earlier of the two limits ends", async () => {
      const [email, knownAs] = [`${randomUUID()}@example.com`, randomUUID()];
      await guessUntilRefused(email, NETWORKS[0]!, knownAs);
      const refused = await countSignInAttempt({ email, network: NETWORKS[0]!, knownAs });
      expect(refused).toMatchObject({ ok: false, retryAfterSeconds: 15 * 60 });
    });
  });

  describe("a refused attempt", () => {
    test("uses up no attempt of its network: other people there can still sign in", async () => {
      const [network, colleague] = [`203.0.113.${randomUUID()}`, `${randomUUID()}@example.com`];
      const email = `${randomUUID()}@example.com`;
      expect(await guessUntilRefused(email, network, null)).toBe(10);
      for (let refused = 0; refused < 100; refused++)
        expect(await countSignInAttempt({ email, network, knownAs: null })).toMatchObject({ ok: false });
      expect(await countSignInAttempt({ email: colleague, network, knownAs: null })).toMatchObject({
        ok: true,
      });
    });

    test("uses up no attempt of its account on that network, if the account is paused on all networks", async () => {
      const email = `${randomUUID()}@example.com`;
      for (const network of NETWORKS.slice(0, 3))
        expect(await guessUntilRefused(email, network, null)).toBe(10);
      const network = NETWORKS[3]!;
      const begin = Date.now();
      vi.setSystemTime(begin + HOUR_MS - 10_000);
      for (let refused = 0; refused < 10; refused++)
        expect(await countSignInAttempt({ email, network, knownAs: null })).toMatchObject({ ok: false });
      vi.setSystemTime(begin + HOUR_MS + 1);
      expect(await guessUntilRefused(email, network, null)).toBe(10);
    });
  });

  describe("a correct password", () => {
    test("resets the attempts of its network, and leaves those of the account: the failures of others stay counted", async () => {
      const email = `${randomUUID()}@example.com`;
      const signIn = async () => {
        const attempt = await countSignInAttempt({ email, network: NETWORKS[0]!, knownAs: null });
        if (attempt.ok) await attempt.succeeded();
        return attempt.ok;
      };
      // The owner signs in repeatedly, and strangers gain no attempts from it.
      const strangers: number[] = [];
      for (const network of NETWORKS) {
        for (let time = 0; time < 3; time++) expect(await signIn()).toBe(strangers.length < 3);
        if (network !== NETWORKS[0]) strangers.push(await guessUntilRefused(email, network, null));
      }
      expect(strangers).toEqual([10, 10, 10, 0]);
    });
  });
});
