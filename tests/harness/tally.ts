import { readFileSync } from "node:fs";

/** How many tests a step had, by result. */
export type Tally = { passed: number; failed: number; skipped: number };

/** A tally of no tests. */
export const NONE: Tally = { passed: 0, failed: 0, skipped: 0 };

/** The tally of a step that is one test, or that failed as a whole. */
export const onePassed: Tally = { ...NONE, passed: 1 };
export const oneFailed: Tally = { ...NONE, failed: 1 };
export const oneSkipped: Tally = { ...NONE, skipped: 1 };

/** Returns the sum. */
export function addTallies(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** Returns `12 passed, 0 failed`, with the skipped tests if there are any. */
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

/** Reads the numbers from vitest's JSON report. A file that could not be loaded counts as one failed test. */
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

/**
 * Reads the numbers from Playwright's JSON report. A failure outside of any test counts as one failed test.
 */
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
