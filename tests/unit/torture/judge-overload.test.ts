import { expect, test } from "vitest";

import type { Stage } from "#tests/bench/overload/measure-overload.ts";
import { judgeOverload } from "#tests/bench/overload/overload-report.ts";

const stage = (sessions: number, goodput: number, more: Partial<Stage> = {}): Stage => ({
  sessions,
  goodput,
  completed: [],
  shed: [],
  errors: [],
  codesLost: 0,
  ...more,
});
const brokenRules = (...stages: Stage[]) =>
  judgeOverload(stages)
    .filter(({ held }) => !held)
    .map(({ rule }) => rule);

test("the overload bench passes if goodput stays, no code is lost, nothing fails and a 503 is quick", () => {
  expect(brokenRules(stage(10, 8), stage(40, 10), stage(200, 9, { shed: [1, 200] }))).toEqual([]);
});

test.each<[string, Stage]>([
  ["goodput at 200 sessions", stage(200, 8.9)],
  ["no code is lost", stage(200, 10, { codesLost: 1 })],
  ["no flow that was admitted", stage(200, 10, { errors: ["Expected the consent page, got 500"] })],
  ["a flow that is not admitted hears so within 200 ms", stage(200, 10, { shed: [5, 201] })],
])("the overload bench reports a broken rule: %s", (rule, many) => {
  expect(brokenRules(stage(10, 8), stage(40, 10), many)).toEqual([expect.stringContaining(rule)]);
});
