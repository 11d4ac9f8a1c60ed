import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, onTestFinished, test, vi } from "vitest";

import { setEnvironment, temporaryFolder } from "#tests/unit/environment.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Loads the sandbox with its own data folder and without an SMTP server. */
async function sandbox() {
  const dataDir = temporaryFolder();
  setEnvironment({ DATA_DIR: dataDir, ORIGIN: "http://localhost:3000" });
  const [{ sendSandboxMail }, { sweepKeptMail, deleteKeptMail }, reading] = await Promise.all([
    import("#lib/legrand/mail/sandbox-mail.ts"),
    import("#lib/mail/sweep-kept-mail.ts"),
    import("#lib/legrand/mail/read-kept-mail.ts"),
  ]);
  return {
    folder: join(dataDir, "mail"),
    send: (to: string, subject = "Subject") => sendSandboxMail({ to, subject, blocks: ["Text."] }),
    sweepKeptMail,
    deleteKeptMail,
    ...reading,
  };
}

/** Writes mail that was kept this many days ago. */
function age(folder: string, daysAgo: number, count = 1): void {
  mkdirSync(folder, { recursive: true });
  const at = new Date(Date.now() - daysAgo * DAY_MS).toISOString().replaceAll(":", "-");
  for (let one = 0; one < count; one++) {
    writeFileSync(
      join(folder, `${at}-${String(one).padStart(8, "0")}.eml`),
      `To: old@example.com\r\nSubject: Old\r\n\r\n${"x".repeat(100_000)}`,
    );
  }
}

describe("mail without an SMTP server", () => {
  test("is kept whole, and only the owner of the process can read it", async () => {
    const { folder, send, listKeptMail } = await sandbox();
    await send("a@example.com", "Ünïcödé");
    const names = readdirSync(folder);
    expect(names).toHaveLength(1);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, names[0]!)).mode & 0o777).toBe(0o600);
    expect(await listKeptMail(null)).toMatchObject([{ to: "a@example.com", subject: "Ünïcödé" }]);
  });

  test("leaves no partial file after a failed write, because it may contain a secret", async () => {
    vi.doMock("node:fs/promises", async (original) => ({
      ...(await original<typeof import("node:fs/promises")>()),
      rename: () => Promise.reject(new Error("ENOSPC: no space left on device")),
    }));
    vi.resetModules();
    onTestFinished(() => {
      vi.doUnmock("node:fs/promises");
      vi.resetModules();
    });
    const { folder, send } = await sandbox();
    await expect(send("a@example.com")).rejects.toThrow("ENOSPC");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("is listed newest first, and by its recipient in any case", async () => {
    const { folder, send, listKeptMail } = await sandbox();
    age(folder, 3);
    await send("a@example.com", "New");
    expect((await listKeptMail(null)).map(({ subject }) => subject)).toEqual(["New", "Old"]);
    expect((await listKeptMail("OLD@example.com")).map(({ subject }) => subject)).toEqual(["Old"]);
    expect(await listKeptMail("nobody@example.com")).toEqual([]);
  });

  test("is deleted after thirty days, and the oldest beyond two hundred are deleted", async () => {
    const { folder, sweepKeptMail } = await sandbox();
    age(folder, 31, 3);
    age(folder, 29, 2);
    expect(await sweepKeptMail()).toBe(3);
    age(folder, 1, 205);
    expect(await sweepKeptMail()).toBe(7);
    expect(readdirSync(folder)).toHaveLength(200);
  });

  test("is swept when new mail arrives, so that the folder never grows", async () => {
    const { folder, send } = await sandbox();
    age(folder, 1, 200);
    await send("a@example.com");
    expect(readdirSync(folder)).toHaveLength(200);
  });

  test("is deleted on request, and a missing folder counts as empty", async () => {
    const { folder, send, deleteKeptMail, listKeptMail } = await sandbox();
    expect(await listKeptMail(null)).toEqual([]);
    await send("a@example.com");
    expect(await deleteKeptMail()).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("does not list or delete foreign files in the folder", async () => {
    const { folder, deleteKeptMail, listKeptMail } = await sandbox();
    mkdirSync(folder, { recursive: true });
    for (const name of [
      "notes.eml",
      "2026-11-23T03-57-48.189Z-5Tu5SxB7.eml.part",
      "2026-13-45T99-57-48.189Z-5Tu5SxB7.eml",
    ])
      writeFileSync(join(folder, name), "To: x\r\n\r\n");
    expect([await listKeptMail(null), await deleteKeptMail()]).toEqual([[], 0]);
  });

  test.each([
    "../secrets",
    "..",
    "",
    "2026-11-23T03-57-48.189Z-5Tu5SxB7/../../secrets",
    "2026-11-23T03-57-48.189Z-../../..",
    "2026-11-23T03-57-48.189Z-5Tu5SxB7\0",
    "%2e%2e",
  ])("a foreign identifier opens no file: %j", async (id) => {
    const { folder, readKeptMail, findKeptMail } = await sandbox();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "..", "secrets.eml"), "To: x\r\n\r\nsecret");
    expect(existsSync(join(folder, "../secrets.eml"))).toBe(true);
    expect([await readKeptMail(id), await findKeptMail(id)]).toEqual([null, null]);
  });
});
