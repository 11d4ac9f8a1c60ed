import { tmpdir } from "node:os";
import { expect, test } from "vitest";

import { operatorSocketPath } from "#lib/server/operator/operator-socket-path.ts";

const deep = (bytes: number) => `/${"d".repeat(bytes - 1)}`;

test("puts the socket into the data folder", () => {
  expect(operatorSocketPath("/srv/connect/.data")).toBe("/srv/connect/.data/server.sock");
});

test("shortens a folder below the working directory to a relative path if the whole path is too long for a socket (unix(7))", () => {
  const folder = `${process.cwd()}/${"d".repeat(85)}`;
  expect(operatorSocketPath(folder)).toBe(`${"d".repeat(85)}/server.sock`);
});

test("uses a name derived from the path elsewhere, the same for the server and the command", () => {
  const path = operatorSocketPath(deep(200));
  expect(path.startsWith(`${tmpdir()}/legrand-connect-`)).toBe(true);
  expect(Buffer.byteLength(path)).toBeLessThanOrEqual(100);
  expect(operatorSocketPath(deep(200))).toBe(path);
  expect(operatorSocketPath(deep(201))).not.toBe(path);
});
