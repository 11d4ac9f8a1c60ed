import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { freePort } from "#tests/harness/server.ts";

// Notes each start in a file, and answers with the text of another one.
const SERVER = `
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
import { text } from "./text.ts";
appendFileSync(new URL("starts", import.meta.url), "x");
process.once("SIGTERM", () => process.exit(0));
createServer((_request, response) => response.end(text)).listen(Number(process.argv[2]), "127.0.0.1");
`;

let folder: string;
let port: number;
let keeper: ChildProcess;

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const starts = () => readFileSync(join(folder, "starts"), "utf8").length;
const waitForAnswer = (text: string) =>
  vi.waitFor(
    async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: "close" } });
      expect(await answer.text()).toBe(text);
    },
    { timeout: 60_000, interval: 20 },
  );

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "legrand-keep-running-"));
  port = await freePort();
  write("server.ts", SERVER);
  write("text.ts", 'export const text = "first";');
  keeper = fork("tests/harness/kept-server.ts", [join(folder, "server.ts"), String(port)], { silent: true });
  await waitForAnswer("first");
});

afterEach(async () => {
  const ended = once(keeper, "exit");
  keeper.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  rmSync(folder, { recursive: true });
});

test("a change of a loaded file starts the script again, with the same port", async () => {
  write("text.ts", 'export const text = "second";');
  await waitForAnswer("second");
  expect(starts()).toBe(2);
});

test("a file that an editor replaces is noticed each time", async () => {
  for (const text of ["second", "third", "fourth"]) {
    write("new", `export const text = "${text}";`);
    renameSync(join(folder, "new"), join(folder, "text.ts"));
    await waitForAnswer(text);
  }
  expect(starts()).toBe(4);
});

test("a change of a file that was not loaded does not", async () => {
  write("unused.ts", "");
  write("text.ts", 'export const text = "second";');
  await waitForAnswer("second");
  expect(starts()).toBe(2);
});

test("a script that fails after a change starts again after the next one", async () => {
  const printed: string[] = [];
  keeper.stderr!.on("data", (chunk) => printed.push(String(chunk)));
  write("text.ts", "export const text = ;");
  await vi.waitFor(() => expect(printed.join("")).toContain("It starts again after the next change."), {
    timeout: 60_000,
  });
  write("text.ts", 'export const text = "mended";');
  await waitForAnswer("mended");
});
