import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { linkFolder } from "#tests/bench/servers/link-folder.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "link-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("packages are hard links, their commands stay symbolic links, and caches are left out", () => {
  const [from, to] = [join(folder, "from"), join(folder, "to")];
  for (const name of ["package", ".bin", ".cache"]) mkdirSync(join(from, name), { recursive: true });
  writeFileSync(join(from, "package/index.js"), "");
  symlinkSync("../package/index.js", join(from, ".bin/command"));
  linkFolder(from, to);
  expect(statSync(join(to, "package/index.js")).ino).toBe(statSync(join(from, "package/index.js")).ino);
  expect(readlinkSync(join(to, ".bin/command"))).toBe("../package/index.js");
  expect(existsSync(join(to, ".cache"))).toBe(false);
});
