import { randomBytes } from "node:crypto";

import { describe, expect, test } from "vitest";

import { authorizeUrl } from "#tests/factories/authorize.ts";
import { Browser, testOrigin } from "#tests/factories/browser.ts";
import { callUserinfo, connect, issuer, redeem, refresh } from "#tests/factories/client.ts";
import { deliver, walkToCallback } from "#tests/factories/connect-client.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { rawRequest, statusOf } from "#tests/factories/raw-request.ts";

const host = () => new URL(testOrigin()).host;
const ask = (line: string, ...headers: string[]) =>
  rawRequest([`${line} HTTP/1.1`, ...headers, "Connection: close", "", ""].join("\r\n"));

/** A browser that has 30 KB of cookies from other applications on localhost. */
function crowdedBrowser(): Browser {
  const browser = new Browser();
  browser.cookies = Array.from({ length: 10 }, (_, index) => ({
    name: `other-${index}`,
    value: randomBytes(1_500).toString("hex"),
    path: "/",
  }));
  return browser;
}

describe("30 KB of other applications' cookies on localhost", () => {
  test("do not prevent connecting: sign-in, consent, callback, account page", async () => {
    const browser = crowdedBrowser();
    const page = await browser.follow(
      await deliver(browser, await walkToCallback(browser, await makeAccount())),
    );
    expect([page.status, new URL(page.url).pathname]).toEqual([200, "/account"]);
    expect(browser.cookies.filter(({ name }) => name.startsWith("other-"))).toHaveLength(10);
  });

  test("do not change the page for a wrong reply URL: 400, with what was sent and what is registered", async () => {
    const application = await makeApplication();
    const page = await crowdedBrowser().open(
      authorizeUrl({ ...application, replyUrl: `${application.replyUrl}/` }),
    );
    expect(page).toMatchObject({ status: 400, location: null });
    expect(textOf(page.text)).toContain(application.replyUrl);
  });
});

describe("the authorization endpoint answers an error with the page itself (RFC 6749 §4.1.2.1)", () => {
  const wrong = async () => {
    const application = await makeApplication();
    return authorizeUrl({ ...application, replyUrl: `${application.replyUrl}/` });
  };

  test("with the headers of a page, without scripts, and without the encrypted error", async () => {
    const page = await new Browser().open(await wrong());
    const headers = Object.fromEntries(page.headers);
    expect(page.status).toBe(400);
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-frame-options": "DENY",
    });
    expect(headers["content-security-policy"]).toContain("script-src 'none'");
    expect(headers).not.toHaveProperty("x-legrand-shown-error");
    expect(page.text).not.toMatch(/<script/);
    expect(textOf(page.text)).toContain(headers["x-request-id"]);
  });

  test("for any Accept header, for HEAD, and for an unreadable form", async () => {
    const address = await wrong();
    const anything = await fetch(address, { headers: { accept: "*/*" } });
    expect([anything.status, anything.headers.get("content-type")]).toEqual([
      400,
      "text/html; charset=utf-8",
    ]);
    expect(await anything.text()).not.toMatch(/<script/);
    const head = await fetch(address, { method: "HEAD" });
    expect([head.status, head.headers.get("content-type")]).toEqual([400, "text/html; charset=utf-8"]);
    const form = await new Browser().send("/legrand/authorize", {
      method: "POST",
      body: "client_id=%ff",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect([form.status, textOf(form.text).includes("We cannot answer this request")]).toEqual([400, true]);
  });

  test("a caller cannot forge one: the header is removed from every request", async () => {
    const page = await new Browser().open("/legrand/authorization-error", {
      "x-legrand-shown-error": "k1.AAAA",
    });
    expect([page.status, textOf(page.text).includes("There is nothing to show here")]).toEqual([200, true]);
  });
});

describe("the Host header (RFC 9112 §3.2)", () => {
  test.each([
    ["two", ["Host: localhost", "Host: elsewhere.example"]],
    ["the same twice", ["Host: localhost", "host: localhost"]],
    ["none", []],
    ["an empty one", ["Host:"]],
    ["a path", ["Host: localhost/x"]],
    ["a user", ["Host: user@localhost"]],
    ["two in one", ["Host: localhost, elsewhere.example"]],
    ["a port that is not a number", ["Host: localhost:http"]],
  ])("%s: 400, everywhere", async (_case, headers) => {
    for (const path of ["/", "/healthz", "/legrand/jwks", "/admin"]) {
      const answer = await ask(`GET ${path}`, ...headers, "Accept: application/json");
      expect([path, statusOf(answer)]).toEqual([path, 400]);
      expect(answer).toContain("one Host header");
    }
  });

  test.each(["localhost", "127.0.0.1:3000", "[::1]:3000", "connect_1.internal"])(
    "accepts %s",
    async (name) => {
      expect(statusOf(await ask("GET /healthz", `Host: ${name}`))).toBe(200);
    },
  );

  test("may be missing in HTTP/1.0", async () => {
    expect(statusOf(await rawRequest("GET /healthz HTTP/1.0\r\n\r\n"))).toBe(200);
  });
});

describe("a method that an address does not support (RFC 9110 §15.5.6)", () => {
  test.each([
    ["TRACE", "/legrand/token", "POST, OPTIONS"],
    ["TRACE", "/connect", "POST, OPTIONS"],
    ["TRACE", "/legrand/api/smarther/v2.0/plants", "GET, HEAD, OPTIONS"],
    ["TRACE", "/", "GET, HEAD"],
    ["PROPFIND", "/legrand/jwks", "GET, HEAD, OPTIONS"],
    ["GET", "/legrand/token", "POST, OPTIONS"],
    ["GET", "/connect", "POST, OPTIONS"],
    ["BREW", "/legrand/userinfo", "GET, HEAD, POST, OPTIONS"],
    ["OPTIONS", "/legrand/sign-in", "GET, HEAD"],
    ["CONNECT", "/", "GET, HEAD, POST, OPTIONS"],
  ])("%s %s: 405 with Allow", async (method, path, allow) => {
    const answer = await ask(`${method} ${path}`, `Host: ${host()}`);
    expect([statusOf(answer), /^allow: (.*)\r$/im.exec(answer)?.[1]]).toEqual([405, allow]);
  });

  test("shows a page to a person who opens the address of a form", async () => {
    const page = await new Browser().open("/connect");
    expect([page.status, page.headers.get("allow"), page.headers.get("content-type")]).toEqual([
      405,
      "POST, OPTIONS",
      "text/html; charset=utf-8",
    ]);
    expect(page.text).toContain("Go to the start page");
  });

  test("below /admin is the 404 of an unknown address", async () => {
    const strip = (answer: string) => answer.replace(/^(x-request-id|date): .*\r\n/gim, "");
    for (const method of ["TRACE", "PROPFIND", "BREW", "OPTIONS"]) {
      const [found, none] = [
        await ask(`${method} /admin/audit`, `Host: ${host()}`),
        await ask(`${method} /admin/nowhere`, `Host: ${host()}`),
      ];
      expect([method, statusOf(found)]).toEqual([method, 404]);
      expect(strip(found)).toBe(strip(none));
    }
  });

  test("OPTIONS lists the methods of an endpoint (RFC 9110 §9.3.7)", async () => {
    for (const [path, allow] of [
      ["/token", "POST, OPTIONS"],
      ["/jwks", "GET, HEAD, OPTIONS"],
      ["/userinfo", "GET, HEAD, POST, OPTIONS"],
    ] as const) {
      const answer = await fetch(issuer() + path, { method: "OPTIONS" });
      expect([path, answer.status, answer.headers.get("allow")]).toEqual([path, 204, allow]);
    }
  });

  test("answers a request for a protocol upgrade in HTTP/1.1 (RFC 9110 §7.8)", async () => {
    for (const protocol of ["h2c", "websocket"]) {
      expect(
        statusOf(
          await rawRequest(
            `GET /legrand/jwks HTTP/1.1\r\nHost: ${host()}\r\nConnection: Upgrade, close\r\nUpgrade: ${protocol}\r\n\r\n`,
          ),
        ),
      ).toBe(200);
    }
  });
});

test.each([
  "/_next/image?url=%2Ficon.svg&w=64&q=75",
  "/_next/data/x/index.json",
  "/_global-error",
  "/__nextjs_source-map",
])("answers 404 at Next's endpoint %s, which no page uses", async (path) => {
  expect((await fetch(testOrigin() + path)).status).toBe(404);
});

test("forbids an HTTP/1.0 cache to store credentials (Pragma beside Cache-Control, RFC 6749 §5.1)", async () => {
  const { tokens, application } = await connect();
  const answers = [
    await refresh(application, tokens.refresh_token),
    await redeem(application, "no-code"),
    await callUserinfo(tokens.access_token),
    await new Browser().open("/legrand/sign-in"),
  ];
  for (const { headers } of answers)
    expect([headers.get("cache-control")?.includes("no-store"), headers.get("pragma")]).toEqual([
      true,
      "no-cache",
    ]);
});
