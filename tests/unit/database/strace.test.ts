import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";
import { temporaryFolder } from "#tests/unit/environment.ts";

const hasStrace = spawnSync("strace", ["-V"]).status === 0;
if (!hasStrace)
  console.log(
    "  Skipped: there is no strace on this machine (Debian: apt-get install strace). power-cut.test.ts shows the same without it.",
  );

/** A finished sync of the log, or the acknowledgement of the commit with this key. */
type Call = { call: "sync" | "acknowledged"; key?: string | undefined };

/** Returns these calls of a process in order. */
function readTrace(path: string): Call[] {
  const pending = new Map<string, string>();
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line): Call[] => {
      const [process = ""] = line.split(" ");
      if (line.includes("acknowledged "))
        return [{ call: "acknowledged", key: /acknowledged ([\w-]+)/.exec(line)?.[1] }];
      if (line.includes("<unfinished")) pending.set(process, line);
      const begun = line.includes("resumed>") ? (pending.get(process) ?? "") : line;
      return /fdatasync\(.*\/pg_wal\/[0-9A-F]{24}/.test(begun) && line.includes("= 0")
        ? [{ call: "sync" }]
        : [];
    });
}

describe.skipIf(!hasStrace)(
  "DATABASE_SYNC=true, as the kernel records it (issue 10, number 10)",
  { timeout: 180_000 },
  () => {
    test("a sync of the log ends before each acknowledgement, and one sync serves several waiting commits", async () => {
      const folder = temporaryFolder();
      await putMigratedDatabase(folder);
      const trace = join(folder, "trace");
      spawnSync("strace", [
        "-f",
        "-y",
        "-s",
        "64",
        "-e",
        "trace=fdatasync,write",
        "-o",
        trace,
        process.execPath,
        "tests/harness/commit-until-killed.ts",
        folder,
        "wait",
        "small",
      ]);
      const calls = readTrace(trace);
      const alone = calls.slice(0, calls.findIndex(({ key }) => key === "alone-9") + 1);
      const between = alone
        .map(({ call }) => call)
        .join(" ")
        .split("acknowledged")
        .slice(0, -1);
      expect(between).toHaveLength(10);
      for (const syncs of between) expect(syncs).toContain("sync");
      const rest = calls.slice(calls.findIndex(({ key }) => key === "checkpoint") + 1);
      const together = rest.slice(
        0,
        rest.findLastIndex(({ key }) => key?.startsWith("together")),
      );
      expect(together.filter(({ call }) => call === "sync").length).toBeLessThan(16);
    });
  },
);
