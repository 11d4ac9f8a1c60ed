import { relative } from "node:path";
import { freemem, loadavg, totalmem } from "node:os";

import type { Reporter, TestCase, TestResult, TestStep } from "@playwright/test/reporter";

import { describeProcesses, findBrowsers } from "#tests/harness/describe-processes.ts";
import { describeServer } from "#tests/harness/describe-server.ts";

/**
 * Silence of a test after which the reporter describes its surroundings. Shorter than a test's timeout
 * (playwright.config.ts), because the timeout closes the browser.
 */
const SHOW_MS = 60_000;
/** Silence of all tests after which the browsers are killed, so that their tests fail. */
const KILL_MS = 120_000;
/** Silence of all tests after which the run ends, because killing the browsers did not help. */
const GIVE_UP_MS = 150_000;
const LOOK_MS = 1_000;
/** Time for the last message to leave the process. */
const LAST_WORDS_MS = 500;

/** What the reporter does outside itself. Its tests pass their own. */
export type Means = {
  say: (text: string) => void;
  describe: () => Promise<string[]>;
  kill: () => void;
  giveUp: () => void;
};
type Running = { title: string; step: string; since: number; isShown: boolean };

/**
 * Finds stalls: a test, or a whole run, in which no step begins or ends. It prints the load, the processes of
 * the browsers and what the server is doing, then kills the browsers so that their tests fail, then ends the
 * run. It names a step by its line, because its title can hold what was typed.
 */
export default class StallReporter implements Reporter {
  private readonly running = new Map<TestResult, Running>();
  private readonly means: Means;
  private timer: NodeJS.Timeout | undefined;
  /**
   * When any test last began or ended a step. Null before the first test, because the global setup may build
   * the application.
   */
  private lastSign: number | null = null;
  private isKilled = false;

  constructor(_options?: unknown, means: Means = MEANS) {
    this.means = means;
  }

  onBegin(): void {
    this.timer = setInterval(() => this.look(), LOOK_MS).unref();
  }

  onTestBegin({ title }: TestCase, result: TestResult): void {
    this.note(result, { title, step: "before its first step" });
  }

  onStepBegin({ title }: TestCase, result: TestResult, step: TestStep): void {
    this.note(result, { title, step: `in a step of ${lineOf(step)}` });
  }

  onStepEnd({ title }: TestCase, result: TestResult, step: TestStep): void {
    this.note(result, { title, step: `after a step of ${lineOf(step)}` });
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    this.note(result, { title: test.title, step: "at its end" });
    this.running.delete(result);
  }

  onEnd(): void {
    clearInterval(this.timer);
  }

  /** The list and JSON reporters print the rest. */
  printsToStdio(): boolean {
    return false;
  }

  /** Records that a test made progress. */
  private note(result: TestResult, { title, step }: Pick<Running, "title" | "step">): void {
    this.running.set(result, { title, step, since: performance.now(), isShown: false });
    this.lastSign = performance.now();
    this.isKilled = false;
  }

  private look(): void {
    const now = performance.now();
    for (const test of this.running.values())
      if (now - test.since >= SHOW_MS && !test.isShown) void this.show(test);
    const silence = this.lastSign === null ? 0 : now - this.lastSign;
    if (silence >= GIVE_UP_MS && this.isKilled) return this.means.giveUp();
    if (silence >= KILL_MS && !this.isKilled) void this.kill();
  }

  private async show(test: Running): Promise<void> {
    test.isShown = true;
    await this.saySeen(`No step began or ended for ${SHOW_MS / 1000} s in “${test.title}”, ${test.step}`);
  }

  private async kill(): Promise<void> {
    this.isKilled = true;
    await this.saySeen(`No step of any test began or ended for ${KILL_MS / 1000} s. The browsers are killed`);
    this.means.kill();
  }

  private async saySeen(sentence: string): Promise<void> {
    this.means.say([`${sentence}:`, ...(await this.means.describe()).map((line) => `  ${line}`)].join("\n"));
  }
}

const lineOf = ({ category, location }: TestStep) =>
  `${category}${location ? ` at ${relative(process.cwd(), location.file)}:${location.line}` : ""}`;

/** `npm test` prints a browser step only at its end, but it prints the messages of this process at once. */
const say = (text: string) => {
  if (process.send) process.send(text);
  else console.log(text);
};

const MEANS: Means = {
  say,
  describe: async () => [
    `Load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(" ")}, ${Math.round(freemem() / 1e6)} MB of ${Math.round(totalmem() / 1e6)} MB free`,
    ...describeProcesses(process.pid),
    ...(await describeServer()),
  ],
  kill: () => {
    for (const pid of findBrowsers(process.pid)) process.kill(pid, "SIGKILL");
  },
  giveUp: () => {
    say("The run made no progress after the browsers were killed, and ends here.");
    setTimeout(() => process.exit(1), LAST_WORDS_MS);
  },
};
