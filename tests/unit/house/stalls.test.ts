import { spawn } from "node:child_process";
import { once } from "node:events";
import type { TestCase, TestResult, TestStep } from "@playwright/test/reporter";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";

import { describeProcesses } from "#tests/harness/describe-processes.ts";
import StallReporter from "#tests/harness/stall-reporter.ts";

describe("a browser test without progress is reported and ended", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const one = { title: "the silent one" } as TestCase;
  const result = {} as TestResult;
  const step = {
    title: 'Fill "a password"',
    category: "pw:api",
    location: { file: `${process.cwd()}/tests/e2e/journey.ts`, line: 42, column: 1 },
  } as TestStep;

  function watch() {
    const done: string[] = [];
    const reporter = new StallReporter(undefined, {
      say: (text) => {
        done.push(text);
      },
      describe: async () => ["what is seen"],
      kill: () => {
        done.push("killed");
      },
      giveUp: () => {
        done.push("gave up");
      },
    });
    reporter.onBegin();
    onTestFinished(() => reporter.onEnd());
    return { reporter, done };
  }

  test("after a minute, reports the line of its last step once, without what was typed", async () => {
    const { reporter, done } = watch();
    reporter.onTestBegin(one, result);
    reporter.onStepBegin(one, result, step);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(done).toEqual([]);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(done).toEqual([
      "No step began or ended for 60 s in “the silent one”, in a step of pw:api at tests/e2e/journey.ts:42:\n  what is seen",
    ]);
  });

  test("after two minutes, kills the browsers once; if that does not help, the run ends", async () => {
    const { reporter, done } = watch();
    reporter.onTestBegin(one, result);
    await vi.advanceTimersByTimeAsync(125_000);
    expect(done.slice(1)).toEqual([
      "No step of any test began or ended for 120 s. The browsers are killed:\n  what is seen",
      "killed",
    ]);
    await vi.advanceTimersByTimeAsync(26_000);
    expect(done.slice(3)).toContain("gave up");
  });

  test("also between two tests, if a worker does not end", async () => {
    const { reporter, done } = watch();
    reporter.onTestBegin(one, result);
    reporter.onTestEnd(one, result);
    await vi.advanceTimersByTimeAsync(121_000);
    expect(done.slice(1)).toEqual(["killed"]);
  });

  test("a test with progress is left alone, however long it takes", async () => {
    const { reporter, done } = watch();
    await vi.advanceTimersByTimeAsync(300_000);
    reporter.onTestBegin(one, result);
    for (let steps = 0; steps < 10; steps++) {
      await vi.advanceTimersByTimeAsync(50_000);
      reporter.onStepBegin(one, result, step);
      reporter.onStepEnd(one, result, step);
    }
    expect(done).toEqual([]);
  });

  test("another test with progress neither hides the stalled one nor loses its browser", async () => {
    const { reporter, done } = watch();
    reporter.onTestBegin(one, result);
    const busy = {} as TestResult;
    for (let steps = 0; steps < 20; steps++) {
      reporter.onStepEnd({ title: "the busy one" } as TestCase, busy, step);
      await vi.advanceTimersByTimeAsync(10_000);
    }
    expect(done).toEqual([
      "No step began or ended for 60 s in “the silent one”, before its first step:\n  what is seen",
    ]);
  });
});

test.runIf(process.platform === "linux")(
  "a stopped process is reported as stopped, with its parent and without its arguments",
  async () => {
    const child = spawn(
      process.execPath,
      ["--eval", "console.log('up'); setInterval(() => {}, 1000)", "--", "--token=not-to-be-shown"],
      { stdio: ["ignore", "pipe", "ignore"] },
    );
    onTestFinished(() => {
      child.kill("SIGKILL");
    });
    await once(child.stdout, "data");
    child.kill("SIGSTOP");
    const line = await vi.waitFor(
      () => {
        const found = describeProcesses(process.pid).find((one) =>
          one.startsWith(`${child.pid} (of ${process.pid}) `),
        );
        expect(found).toMatch(/state T, in \w+/);
        return found!;
      },
      { timeout: 10_000 },
    );
    expect(line).toMatch(/\d+ threads, [\d.]+ s of processor time, \d+ MB$/);
    expect(line).not.toContain("not-to-be-shown");
  },
);
