import { randomUUID } from "node:crypto";
import { describe, expect, onTestFinished, test, vi } from "vitest";

import { now, secondsFromNow } from "#lib/clock.ts";
import { startBackground } from "#lib/server/jobs/start-background.ts";
import { onOneInstance } from "#lib/server/jobs/on-one-instance.ts";
import { setEnvironment } from "#tests/unit/environment.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";

const SECONDS = 60;

/** Returns work that lasts until the test ends it. */
function longWork() {
  const { promise: begun, resolve: begin } = Promise.withResolvers<AbortSignal>();
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  return {
    begun,
    end,
    work: (signal: AbortSignal) => {
      begin(signal);
      return ended;
    },
  };
}

describe("one of several processes does the background work (issue 5, several instances)", () => {
  onEveryDatabase((database) => {
    const leaseOf = (name: string) => database.client.backgroundLease.findUniqueOrThrow({ where: { name } });
    const takeOver = (name: string) =>
      database.client.backgroundLease.update({
        where: { name },
        data: { until: secondsFromNow(2 * SECONDS) },
      });

    test("of ten simultaneous callers one does the work, and the others learn when to try again", async () => {
      const name = randomUUID();
      const long = longWork();
      const all = Array.from({ length: 10 }, () => onOneInstance(name, SECONDS, long.work));
      await long.begun;
      let heard = 0;
      for (const one of all) void one.then(() => heard++);
      await expect.poll(() => heard).toBe(9);
      long.end();
      const outcomes = await Promise.all(all);
      expect(outcomes.filter(({ ran }) => ran)).toHaveLength(1);
      for (const outcome of outcomes)
        if (!outcome.ran) expect(outcome.freeInMs).toBeGreaterThan(SECONDS * 500);
    });

    test("after it is done, another caller does it at once, or after the requested pause", async () => {
      const name = randomUUID();
      expect(await onOneInstance(name, SECONDS, () => Promise.resolve())).toEqual({ ran: true });
      expect(await onOneInstance(name, SECONDS, () => Promise.resolve(), 600)).toEqual({ ran: true });
      const work = vi.fn(() => Promise.resolve());
      const outcome = await onOneInstance(name, SECONDS, work);
      expect(work).not.toHaveBeenCalled();
      expect(outcome.ran || outcome.freeInMs).toBeGreaterThan(590_000);
    });

    test("takes over the work of a dead process when its lease has ended", async () => {
      const name = randomUUID();
      await database.client.backgroundLease.create({ data: { name, until: secondsFromNow(-1) } });
      expect(await onOneInstance(name, SECONDS, () => Promise.resolve())).toEqual({ ran: true });
    });

    test("a failure releases the lease and is reported", async () => {
      const name = randomUUID();
      await expect(onOneInstance(name, SECONDS, () => Promise.reject(new Error("failed")))).rejects.toThrow(
        "failed",
      );
      expect((await leaseOf(name)).until.getTime()).toBeLessThanOrEqual(now().getTime() + 1_000);
    });

    test("retries soon, not after its interval, if the lease could not be requested", async () => {
      setEnvironment();
      const name = randomUUID();
      const { promise: worked, resolve: work } = Promise.withResolvers<void>();
      await database.client.$executeRaw`ALTER TABLE background_lease RENAME TO away`;
      const log = vi.spyOn(console, "error").mockImplementation(() => {});
      onTestFinished(() => log.mockRestore());
      startBackground([{ name, work: async () => work() }], 50);
      await expect.poll(() => log.mock.calls.join()).toContain(name);
      await database.client.$executeRaw`ALTER TABLE away RENAME TO background_lease`;
      await worked;
    });

    test("extends the lease of work that takes longer", async () => {
      const name = randomUUID();
      const long = longWork();
      const working = onOneInstance(name, 0.3, long.work);
      await long.begun;
      const first = (await leaseOf(name)).until;
      await vi.waitFor(
        async () => expect((await leaseOf(name)).until.getTime()).toBeGreaterThan(first.getTime() + 300),
        { timeout: 10_000 },
      );
      expect((await onOneInstance(name, 0.3, () => Promise.resolve())).ran).toBe(false);
      long.end();
      await working;
    });

    test("tells a process that lost its lease to another one to stop, and leaves the other lease alone", async () => {
      const name = randomUUID();
      const long = longWork();
      const working = onOneInstance(name, 0.3, long.work);
      const signal = await long.begun;
      const { until } = await takeOver(name);
      await vi.waitFor(() => expect(signal.aborted).toBe(true), { timeout: 10_000 });
      long.end();
      await working;
      expect((await leaseOf(name)).until).toEqual(until);
    });
  });
});
