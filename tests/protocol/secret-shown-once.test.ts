import { beforeAll, expect, test } from "vitest";

import { sandboxCookie } from "#tests/factories/cookies.ts";
import { textOf } from "#tests/factories/html.ts";
import { askForSecret, generateSecret, secretsIn } from "#tests/factories/generate-secret.ts";
import { makeDeveloper } from "#tests/factories/make-owned-application.ts";
import { ownServer } from "#tests/factories/own-server.ts";
import { readMails } from "#tests/factories/portal.ts";
import { dumpDatabase } from "#tests/factories/stored.ts";

const server = ownServer();
beforeAll(() => {
  process.env.TEST_DATA_DIR = server().dataDir;
});

test("a secret is in one response only (issue 3, 4): not in the redirect, after a reload, on another page, in a prefetch, in the mail of a later one, in the log, or in the database", async () => {
  const {
    browser,
    account,
    application: { path },
  } = await makeDeveloper();
  await generateSecret(browser, path);
  const redirect = await askForSecret(browser, path, { label: "The second one" });
  expect({ status: redirect.status, location: redirect.location, text: redirect.text }).toEqual({
    status: 303,
    location: browser.origin + path,
    text: "",
  });
  const shown = await browser.open(path);
  const [secret] = secretsIn(shown);
  expect(secret).toMatch(/^lgs_[\w-]{43}$/);
  expect(textOf(shown.text)).toContain("It will not be shown again.");
  expect(shown.headers.get("cache-control")).toContain("no-store");

  const later = await Promise.all(
    [path, `${path}/history`, `${path}/delete`, "/legrand/applications"].map((address) =>
      browser.open(address),
    ),
  );
  const prefetch = await browser.open(path, { rsc: "1", accept: "*/*" });
  for (const page of [...later, prefetch]) expect(page.text.includes(secret!)).toBe(false);
  const mails = await readMails(account.email, 2);
  expect(mails.at(-1)!.subject).toContain("A new client secret was generated");
  expect(JSON.stringify(mails.at(-1)).includes(secret!)).toBe(false);
  expect((await dumpDatabase()).includes(secret!)).toBe(false);
  expect(server().output().includes(secret!)).toBe(false);
});

test("a response that is not displayed spends no ticket: HEAD, a script's fetch of part of a page, a prefetch, even an undeclared one", async () => {
  const {
    browser,
    application: { path },
  } = await makeDeveloper();
  await askForSecret(browser, path);
  for (const [method, headers] of [
    ["HEAD", {}],
    ["GET", { rsc: "1", accept: "*/*" }],
    ["GET", { "sec-purpose": "prefetch" }],
    ["GET", { accept: "*/*", "x-is-document": "1" }],
  ] as const) {
    expect(secretsIn(await browser.send(path, { method, headers }))).toEqual([]);
  }
  expect(secretsIn(await browser.open(path))).toHaveLength(1);
});

test("the ticket is a cookie of the details page, HttpOnly, SameSite=Strict, for two minutes", async () => {
  const {
    browser,
    application: { path },
  } = await makeDeveloper();
  const { headers } = await askForSecret(browser, path);
  expect(
    headers.getSetCookie().find((cookie) => cookie.startsWith(`${sandboxCookie("secret-ticket")}=`)),
  ).toMatch(
    new RegExp(
      `^legrand-\\d+\\.secret-ticket=[\\w-]{43}; Max-Age=120; Path=${path}; HttpOnly; SameSite=Strict$`,
    ),
  );
  expect((await dumpDatabase()).includes(browser.cookie(sandboxCookie("secret-ticket"))!)).toBe(false);
});
