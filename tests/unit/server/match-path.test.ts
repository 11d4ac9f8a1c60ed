import { expect, test } from "vitest";

import { makePathMatcher } from "#lib/server/front/match-path.ts";

const find = makePathMatcher(
  ["/", "/a", "/a/[x]", "/a/b/c", "/a/[x]/d", "/[y]/b/d", "/a/[...rest]", "/n/[x]"].map((pattern) => ({
    pattern,
    value: pattern,
    ...(pattern === "/n/[x]" ? { segment: /^\d+$/ } : {}),
  })),
);

test.each([
  ["/", "/", []],
  ["/a", "/a", []],
  ["/a/b", "/a/[x]", ["b"]],
  ["/a/b/c", "/a/b/c", []],
  ["/a/b/d", "/a/[x]/d", ["b"]],
  ["/z/b/d", "/[y]/b/d", ["z"]],
  ["/a/b/e", "/a/[...rest]", ["b/e"]],
  ["/a/b/c/d", "/a/[...rest]", ["b/c/d"]],
  ["/n/7", "/n/[x]", ["7"]],
])("%s matches %s", (path, pattern, segments) => {
  expect(find(path)).toEqual({ pattern, value: pattern, segments });
});

test.each(["", "a", "/b", "//b/d", "/a/", "/n/x", "/z/b"])("%j matches nothing", (path) => {
  expect(find(path)).toBeNull();
});
