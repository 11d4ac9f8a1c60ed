import { describe, expect, test } from "vitest";

import { authorizeUrl, isSignIn, type Parameters } from "#tests/factories/authorize.ts";
import { Browser, type Page } from "#tests/factories/browser.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeApplication, type TestApplication } from "#tests/factories/make-application.ts";
import { query } from "#tests/harness/database.ts";

/** The limit for all parameters together, and for `state` alone, in bytes (decision 32). */
const [ALL, STATE] = [4_096, 2_048];

const WAYS: [string, (browser: Browser, address: string) => Promise<Page>][] = [
  ["GET", (browser, address) => browser.open(address)],
  ["POST", (browser, address) => browser.post("/legrand/authorize", [...new URL(address).searchParams])],
];

/** Returns an authorization request of that application, padded with a nonce to that many bytes. */
function ofBytes(application: TestApplication, bytes: number, params: Parameters = {}): string {
  const address = authorizeUrl(application, { scope: "openid", state: "s", ...params, nonce: "" });
  const size = [...new URL(address).searchParams].flat().join("").length;
  return authorizeUrl(application, {
    scope: "openid",
    state: "s",
    ...params,
    nonce: "n".repeat(bytes - size),
  });
}

const countInteractions = async ({ clientId }: TestApplication): Promise<number> =>
  (
    await query<{ count: number }>(
      `SELECT count(*)::int AS count FROM legrand_artifact WHERE payload->'params'->>'client_id' = $1`,
      clientId,
    )
  )[0]!.count;

describe.each(WAYS)(
  "an authorization request by %s that is too long shows a page, without a redirect, and stores nothing (decision 32)",
  (_way, send) => {
    test.each<[string, (application: TestApplication) => string, string]>([
      [
        "a state of 2,049 bytes",
        (application) => authorizeUrl(application, { scope: "openid", state: "x".repeat(STATE + 1) }),
        "The parameter state is longer than 2,048 bytes.",
      ],
      [
        "a state of 1,025 characters of two bytes each",
        (application) => authorizeUrl(application, { scope: "openid", state: "é".repeat(STATE / 2 + 1) }),
        "The parameter state is longer than 2,048 bytes.",
      ],
      [
        "a long state beside a short one",
        (application) =>
          `${authorizeUrl(application, { scope: "openid", state: "s" })}&state=${"x".repeat(STATE + 1)}`,
        "The parameter state is longer than 2,048 bytes.",
      ],
      [
        "4,097 bytes of all parameters",
        (application) => ofBytes(application, ALL + 1),
        "The parameters together are longer than 4,096 bytes.",
      ],
      [
        "a long unknown parameter",
        (application) => authorizeUrl(application, { scope: "openid", colour: "x".repeat(ALL) }),
        "The parameters together are longer than 4,096 bytes.",
      ],
      [
        "a long name",
        (application) => authorizeUrl(application, { scope: "openid", ["x".repeat(ALL)]: "1" }),
        "The parameters together are longer than 4,096 bytes.",
      ],
      [
        "a long state for an application that does not exist",
        () =>
          authorizeUrl(
            { clientId: crypto.randomUUID(), replyUrl: "https://evil.example/" },
            { state: "x".repeat(STATE + 1) },
          ),
        "The parameter state is longer than 2,048 bytes.",
      ],
    ])("%s", async (_case, addressOf, sentence) => {
      const application = await makeApplication();
      const page = await send(new Browser(), addressOf(application));
      expect(page).toMatchObject({ status: 400, location: null });
      expect(page.headers.get("content-type")).toMatch(/^text\/html/);
      expect(textOf(page.text)).toContain(sentence);
      expect(await countInteractions(application)).toBe(0);
    });

    test("up to the limits it is answered as any other, however long its encoded characters are in the address", async () => {
      const application = await makeApplication();
      for (const address of [
        ofBytes(application, ALL),
        ofBytes(application, ALL, { state: "x".repeat(STATE) }),
        authorizeUrl(application, { scope: "openid", state: "é".repeat(STATE / 2) }),
      ]) {
        const browser = new Browser();
        expect(isSignIn(await browser.follow(await send(browser, address)))).toBe(true);
      }
    });
  },
);

test("a program that prefers JSON gets JSON", async () => {
  const application = await makeApplication();
  const page = await new Browser().open(
    authorizeUrl(application, { scope: "openid", state: "x".repeat(STATE + 1) }),
    { accept: "application/json" },
  );
  expect([page.status, JSON.parse(page.text)]).toEqual([
    400,
    { error: "invalid_request", error_description: "the parameter state is longer than 2,048 bytes" },
  ]);
});

// For an address of more than 16 kB the server answers 431 without an explanation.
describe("no form post redirects to an address that the server refuses as too long", () => {
  test.each<[string, string, Record<string, string>]>([
    ["the authorization request", "/legrand/authorize", { client_id: "x", state: "x".repeat(20_000) }],
    [
      "the way back after a sign-in",
      "/legrand/sign-in/submit",
      { email: "a@example.com", password: "wrong", return_to: `/legrand/${"x".repeat(20_000)}` },
    ],
    [
      "the way back after a sign-up",
      "/legrand/sign-up/submit",
      { email: "nonsense", return_to: `/legrand/${"x".repeat(20_000)}` },
    ],
    [
      "the value of a link in a mail",
      "/legrand/reset-password/submit",
      { token: "x".repeat(20_000), password: "short" },
    ],
  ])("%s", async (_case, path, form) => {
    const browser = new Browser();
    const page = await browser.post(path, form);
    expect([303, 400]).toContain(page.status);
    if (page.location) expect((await browser.open(page.location)).status).toBe(200);
  });
});
