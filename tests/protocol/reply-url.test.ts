import { randomUUID } from "node:crypto";

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { checkReplyUrl } from "#lib/legrand/reply-urls/reply-url-schema.ts";
import { authorizeUrl } from "#tests/factories/authorize.ts";
import { Browser } from "#tests/factories/browser.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeApplication, type TestApplication } from "#tests/factories/make-application.ts";
import { makeDeveloper } from "#tests/factories/make-owned-application.ts";
import { signInToPortal } from "#tests/factories/portal.ts";

const HOST = `${randomUUID()}.example`;
const REGISTERED = `https://${HOST}/callback?from=legrand`;
const LOOPBACK = "http://localhost:4711/callback";

// A person, a URL parser or a lenient server could take each of these for the registered address.
const DIFFERENT: [string, string][] = [
  ["a slash added", `https://${HOST}/callback/?from=legrand`],
  ["a slash at the very end", `${REGISTERED}/`],
  ["a letter missing", REGISTERED.slice(0, -1)],
  ["a letter added", `${REGISTERED}s`],
  ["a capital in the path", `https://${HOST}/Callback?from=legrand`],
  ["a capital host", `https://${HOST.toUpperCase()}/callback?from=legrand`],
  ["a capital scheme", `HTTPS://${HOST}/callback?from=legrand`],
  ["the default port written out", `https://${HOST}:443/callback?from=legrand`],
  ["another port", `https://${HOST}:8443/callback?from=legrand`],
  ["http for https", `http://${HOST}/callback?from=legrand`],
  ["the query missing", `https://${HOST}/callback`],
  ["another query", `https://${HOST}/callback?from=other`],
  ["a query more", `${REGISTERED}&x=1`],
  ["an empty query more", `${REGISTERED}&`],
  ["an encoded letter", `https://${HOST}/%63allback?from=legrand`],
  ["an encoded slash", `https://${HOST}%2Fcallback?from=legrand`],
  ["a dot segment", `https://${HOST}/x/../callback?from=legrand`],
  ["a doubled slash", `https://${HOST}//callback?from=legrand`],
  ["a backslash", `https://${HOST}\\callback?from=legrand`],
  ["a fragment", `${REGISTERED}#x`],
  ["an empty fragment", `${REGISTERED}#`],
  ["a user", `https://user@${HOST}/callback?from=legrand`],
  ["the host as a user", `https://${HOST}@evil.example/callback?from=legrand`],
  ["the host as a label", `https://${HOST}.evil.example/callback?from=legrand`],
  ["a trailing dot of the host", `https://${HOST}./callback?from=legrand`],
  ["the scheme twice", `https://${REGISTERED}`],
  ["white space behind", `${REGISTERED} `],
  ["white space before", ` ${REGISTERED}`],
  ["a line break behind", `${REGISTERED}\n`],
  ["a wildcard", `https://${HOST}/*`],
  ["nothing", ""],
  ["no address at all", "callback"],
  ["a script", "javascript:alert(1)//"],
  ["loopback at another port (no exception of RFC 8252 §7.3)", "http://localhost:4712/callback"],
  ["loopback without a port", "http://localhost/callback"],
  ["127.0.0.1 for localhost", "http://127.0.0.1:4711/callback"],
  ["[::1] for localhost", "http://[::1]:4711/callback"],
  ["https for http at loopback", "https://localhost:4711/callback"],
];

const application: Promise<TestApplication> = makeApplication({ replyUrls: [REGISTERED, LOOPBACK] });

describe("a redirect_uri that differs in any byte is shown, and never redirected to (RFC 6749 §4.1.2.1; Legrand, EXACT)", () => {
  test.each(DIFFERENT)("%s: a page for a person", async (_difference, redirect_uri) => {
    const page = await new Browser().open(
      authorizeUrl(await application, { redirect_uri, scope: "openid", state: "s" }),
    );
    expect(page.status).toBe(400);
    expect(page.location).toBeNull();
    expect(page.headers.get("content-type")).toMatch(/^text\/html/);
    expect(page.text).not.toMatch(/http-equiv="refresh"|<script/i);
  });

  test.each(DIFFERENT)("%s: JSON for a client that accepts JSON", async (_difference, redirect_uri) => {
    const page = await new Browser().open(
      authorizeUrl(await application, { redirect_uri, scope: "openid" }),
      { accept: "application/json" },
    );
    expect(page.status).toBe(400);
    expect(page.location).toBeNull();
    expect(page.headers.get("content-type")).toMatch(/^application\/json/);
    expect(JSON.parse(page.text)).toMatchObject({ error: "invalid_request" });
  });
});

test("the JSON has Legrand's own wording, with the host that was sent (Legrand, Wrong reply URL)", async () => {
  const redirect_uri = "https://stranger.example:8443/callback";
  const page = await new Browser().open(authorizeUrl(await application, { redirect_uri }), {
    accept: "application/json",
  });
  expect(JSON.parse(page.text)).toEqual({
    error: "invalid_request",
    error_description:
      "The reply url host stranger.example:8443 doesn't match with the ones configured on the application",
  });
});

test("the page says what was sent, what was expected and how they differ", async () => {
  const redirect_uri = `https://${HOST}/Callback?from=legrand`;
  const text = textOf((await new Browser().open(authorizeUrl(await application, { redirect_uri }))).text);
  expect(text).toContain(redirect_uri);
  expect(text).toContain(REGISTERED);
  expect(text).toContain("Capital and small letters differ");
  expect(text).toContain((await application).name);
});

describe("registered addresses are shown only to the developer and to callers on this machine (issue 11, 19)", () => {
  const ELSEWHERE = { "x-forwarded-for": "203.0.113.9" };
  const redirect_uri = `https://${HOST}/callback/`;

  test("a caller on another machine gets what was sent and a reference, and no registered address", async () => {
    for (const wrong of [
      redirect_uri,
      `${REGISTERED}/`,
      "https://stranger.example/x",
      `http://${HOST}/callback`,
      "urn:x",
    ]) {
      const page = await new Browser().open(
        authorizeUrl(await application, { redirect_uri: wrong }),
        ELSEWHERE,
      );
      const text = textOf(page.text);
      expect(page.status).toBe(400);
      expect(text).toContain(wrong);
      expect(text).toContain(`Request ${page.headers.get("x-request-id")}`);
      expect(text).toContain("Only the application’s developer can see the registered reply URLs");
      expect(text.replaceAll(wrong, "")).not.toMatch(/from=legrand|4711|registered is|slash|Capital/);
    }
  });

  test("another developer does not see them; the application's own developer does, on any machine", async () => {
    const [owner, other] = [await makeDeveloper({ replyUrls: [REGISTERED] }), await signInToPortal()];
    const address = authorizeUrl(owner.application, { redirect_uri });
    expect((await other.browser.open(address, ELSEWHERE)).text).not.toContain("from=legrand");
    const text = textOf((await owner.browser.open(address, ELSEWHERE)).text);
    expect(text).toContain(REGISTERED);
    expect(text).not.toContain("Only the application’s developer");
  });

  test("a caller on this machine sees it without signing in, as README's curl does", async () => {
    const text = textOf(
      (await new Browser().open(authorizeUrl(await application, { redirect_uri: `${REGISTERED}/` }))).text,
    );
    expect(text).toContain(REGISTERED);
    expect(text).toContain("What was sent has an extra trailing slash.");
  });
});

test("shows what was sent as escaped text", async () => {
  const page = await new Browser().open(
    authorizeUrl(await application, { redirect_uri: `https://${HOST}/"><img src=x onerror=alert(1)>` }),
  );
  expect(page.status).toBe(400);
  expect(page.text).not.toContain("<img src=x");
});

test("the other errors of such a request are not redirected either", async () => {
  const page = await new Browser().open(
    authorizeUrl(await application, {
      redirect_uri: "https://evil.example/",
      response_type: "token",
      scope: "nonsense",
      prompt: "none",
    }),
  );
  expect(page).toMatchObject({ status: 400, location: null });
});

test.each([
  ["https with a query", REGISTERED],
  ["http at localhost", LOOPBACK],
])("accepts the registered address itself: %s", async (_name, redirect_uri) => {
  const page = await new Browser().open(
    authorizeUrl(await application, { redirect_uri, scope: "openid", prompt: "none", state: "s" }),
  );
  expect(page.location?.startsWith(redirect_uri)).toBe(true);
  expect(new URL(page.location!).searchParams.get("error")).toBe("login_required");
});

test.each([
  ["a private-use scheme", "msal3fbf1e1c-0d6b-4f1a-8d5c-1f2e3d4c5b6a://auth"],
  ["a URN", "urn:ietf:wg:oauth:2.0:oob"],
  ["an address with a port and a trailing slash", "https://app.example:8443/callback/"],
])("Legrand's portal accepts %s, and the answer goes exactly there", async (_name, redirect_uri) => {
  const owner = await makeApplication({ replyUrls: [redirect_uri] });
  const page = await new Browser().open(authorizeUrl(owner, { scope: "openid", prompt: "none", state: "s" }));
  expect(page.status).toBe(303);
  expect(page.location!.startsWith(`${redirect_uri}?`)).toBe(true);
});

test("refuses another application's reply URL", async () => {
  const other = await makeApplication();
  const page = await new Browser().open(authorizeUrl(await application, { redirect_uri: other.replyUrl }));
  expect(page).toMatchObject({ status: 400, location: null });
});

describe("no other redirect_uri matches a reply URL that the portal accepts (issue 3, Tests; Legrand, EXACT)", () => {
  const FORMS = [
    `https://${HOST}`,
    `https://${HOST}/`,
    `https://${HOST}:8443/a/b`,
    `https://${HOST}/cb?from=a%2Fb&x=1`,
    `https://${HOST}/caf%C3%A9/%25`,
    "http://localhost:4713/callback",
    "http://127.0.0.1:4713/callback",
    "http://[::1]:4713/callback",
    "urn:ietf:wg:oauth:2.0:oob",
    "com.example.thermo:/callback",
  ];
  const owner = makeApplication({ replyUrls: FORMS });
  const ask = async (redirect_uri: string) =>
    new Browser().open(
      authorizeUrl(await owner, { redirect_uri, scope: "openid", prompt: "none", state: "s" }),
      { accept: "application/json" },
    );

  test.each(FORMS)("%s is accepted by the portal, and the answer goes exactly there", async (url) => {
    expect(checkReplyUrl(url, "mobile")).toBeNull();
    const page = await ask(url);
    expect([page.status, page.headers.get("location")?.startsWith(url)]).toEqual([303, true]);
  });

  test("one byte more, less or different: never a redirect", async () => {
    const byte = fc.oneof(
      fc.integer({ min: 0x01, max: 0x7f }),
      fc.constantFrom(...Buffer.from("/?#%@:*. aA0")),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FORMS),
        fc.nat(),
        byte,
        fc.constantFrom("insert", "replace", "delete"),
        async (url, at, code, how) => {
          const index = at % (url.length + (how === "insert" ? 1 : 0));
          const other =
            url.slice(0, index) +
            (how === "delete" ? "" : String.fromCharCode(code)) +
            url.slice(how === "insert" ? index : index + 1);
          fc.pre(!FORMS.includes(other));
          const page = await ask(other);
          expect([other, page.status, page.headers.get("location")]).toEqual([other, 400, null]);
        },
      ),
      { numRuns: 250, endOnFailure: true },
    );
  });
});
