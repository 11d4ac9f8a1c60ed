import { readFileSync } from "node:fs";

/** How many tests a step had. */
export type Tally = { passed: number; failed: number; skipped: number };

/** Nothing yet. */
export const NONE: Tally = { passed: 0, failed: 0, skipped: 0 };

/** A step that is one test, or that came to nothing. */
export const onePassed: Tally = { ...NONE, passed: 1 };
export const oneFailed: Tally = { ...NONE, failed: 1 };
export const oneSkipped: Tally = { ...NONE, skipped: 1 };

/** The sum. */
export function addTallies(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** `12 passed, 0 failed`, and the skipped ones when there are any. */
export function formatTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
}

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  success: boolean;
  testResults: { status: string; assertionResults: unknown[] }[];
};

/** Numbers of vitest's JSON report. A file that could not be loaded is one failed test. */
export function readVitestReport(path: string): Tally {
  const report = readJson<VitestReport>(path);
  const unloaded = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: unknown[];
};

/** Numbers of Playwright's JSON report. What failed outside of any test is one failed test. */
export function readPlaywrightReport(path: string): Tally {
  const { stats, errors } = readJson<PlaywrightReport>(path);
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + (errors.length ? 1 : 0),
    skipped: stats.skipped,
  };
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8")) as T;
}
