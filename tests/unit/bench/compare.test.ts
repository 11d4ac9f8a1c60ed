import { expect, test } from "vitest";

import { compare, quantile } from "#tests/bench/statistics.ts";

test("the ratio is the median of the rounds, so that a busy moment of the machine does not change it", () => {
  expect(compare([100, 10, 120], [50, 5, 40])).toEqual({ ours: 100, theirs: 40, ratio: 2, from: 2, to: 3 });
});

test("a quantile of few values is one of them", () => {
  expect([0.5, 0.95, 0.99].map((share) => quantile([3, 1, 2], share))).toEqual([2, 3, 3]);
});
