import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";

import { secondsFromNow } from "#lib/clock.ts";
import { addLogo } from "#lib/legrand/logos/add-logo.ts";
import { answerLogo } from "#lib/legrand/logos/answer-logo.ts";
import { sweepUnusedLogos } from "#lib/legrand/logos/sweep.ts";
import { makePng, paint } from "#tests/factories/pictures.ts";
import { useEmbeddedDatabase } from "#tests/unit/embedded-database.ts";

const HOUR = 60 * 60;
const database = useEmbeddedDatabase();

const digestOf = (logoPath: string) => /([\da-f]{64})-128\.png$/.exec(logoPath)![1]!;
const rowsOf = (digest: string) =>
  database.client.logo.findMany({ where: { digest }, orderBy: { size: "asc" } });
const age = (digest: string, hours: number) =>
  database.client.logo.updateMany({ where: { digest }, data: { createdAt: secondsFromNow(-hours * HOUR) } });

async function addedLogo(
  colour = `#${randomBytes(3).toString("hex")}`,
): Promise<{ logoPath: string; digest: string }> {
  const added = await addLogo(await paint(40, 30, colour).png().toBuffer());
  if (!added.ok) throw new Error(added.message);
  return { logoPath: added.logoPath, digest: digestOf(added.logoPath) };
}

describe("an uploaded logo is stored as drawings of our own (issue 3, Logo)", () => {
  test("in three sizes, under the digest of the drawings; the same picture gives the same logo", async () => {
    const { logoPath, digest } = await addedLogo("#123456");
    expect(logoPath).toMatch(/^\/legrand\/logos\/[\da-f]{64}-128\.png$/);
    expect((await rowsOf(digest)).map(({ size }) => size)).toEqual([64, 128, 256]);
    expect((await addedLogo("#123456")).logoPath).toBe(logoPath);
    expect((await addedLogo("#654321")).logoPath).not.toBe(logoPath);
  });

  test.each<[string, string, () => Uint8Array]>([
    ["an empty file", "empty", () => new Uint8Array()],
    ["more than 1 MB", "too_large", () => new Uint8Array(1024 * 1024 + 1)],
    ["another format", "format", () => Buffer.from("GIF89a")],
    ["a bomb", "too_wide", () => makePng({ width: 30_000 })],
  ])("refuses %s with a sentence, and stores nothing", async (_name, reason, make) => {
    const before = await database.client.logo.count();
    expect(await addLogo(make())).toEqual({
      ok: false,
      reason,
      message: expect.stringMatching(/^[A-Z].*\.$/),
    });
    expect(await database.client.logo.count()).toBe(before);
  });
});

describe("a logo is served only as an image", () => {
  test("with its own type, nosniff, a long cache time, and 304 for a client that has it", async () => {
    const { digest } = await addedLogo();
    const response = await answerLogo(`${digest}-64.png`, null);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/png",
      "x-content-type-options": "nosniff",
      "cache-control": "public, max-age=31536000, immutable",
      "content-security-policy": "default-src 'none'; sandbox",
      etag: `"${digest}-64.png"`,
    });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(
      new Uint8Array((await rowsOf(digest))[0]!.content),
    );
    for (const tag of [`"${digest}-64.png"`, `W/"${digest}-64.png"`, `"other", "${digest}-64.png"`]) {
      const again = await answerLogo(`${digest}-64.png`, tag);
      expect([again.status, await again.text()]).toEqual([304, ""]);
    }
    expect((await answerLogo(`${digest}-64.png`, `"other"`)).status).toBe(200);
  });

  test.each([
    "",
    "x",
    "-64.png",
    `${"0".repeat(64)}-64.png`,
    `${"0".repeat(64)}-65.png`,
    `${"0".repeat(63)}-64.png`,
    `../${"0".repeat(64)}-64.png`,
    `${"0".repeat(64)}-64.png/x`,
    `${"0".repeat(64)}-64.svg`,
  ])("answers 404 in JSON for %j, uncached", async (file) => {
    const response = await answerLogo(file, null);
    expect([
      response.status,
      response.headers.get("content-type"),
      response.headers.get("cache-control"),
    ]).toEqual([404, "application/json", "no-store"]);
  });
});

describe("deletes unused logos after a day", () => {
  test("but keeps those of an application or a draft, and those that were uploaded again", async () => {
    const account = await database.client.legrandAccount.create({
      data: {
        email: "alix@example.com",
        givenName: "Alix",
        familyName: "Test",
        country: "FR",
        passwordDigest: "x",
      },
    });
    const [registered, drafted, unused, young, again] = [
      await addedLogo(),
      await addedLogo(),
      await addedLogo(),
      await addedLogo(),
      await addedLogo("#0a0b0c"),
    ] as const;
    await database.client.application.create({
      data: {
        name: "A",
        description: "B",
        vendor: "C",
        url: "https://d.example/",
        logoPath: registered.logoPath,
      },
    });
    await database.client.applicationDraft.create({
      data: { developerId: account.id, fields: {}, logoPath: drafted.logoPath },
    });
    for (const logo of [registered, drafted, unused, again]) await age(logo.digest, 25);
    await age(young.digest, 23);
    await addedLogo("#0a0b0c");
    expect(await sweepUnusedLogos()).toBe(3);
    const kept = await Promise.all(
      [registered, drafted, unused, young, again].map(async ({ digest }) => (await rowsOf(digest)).length),
    );
    expect(kept).toEqual([3, 3, 0, 3, 3]);
    expect(await sweepUnusedLogos()).toBe(0);
  });
});
