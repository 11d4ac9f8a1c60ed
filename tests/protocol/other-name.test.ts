import { describe, expect, test } from "vitest";

import { testOrigin } from "#tests/factories/browser.ts";
import { textOf } from "#tests/factories/html.ts";
import { rawRequest, statusOf } from "#tests/factories/raw-request.ts";

const port = () => new URL(testOrigin()).port;
/** Headers of a navigation to a trustworthy address. For any other address browsers omit Sec-Fetch-Mode. */
const NAVIGATIONS = { "Sec-Fetch-Mode": "navigate", "Upgrade-Insecure-Requests": "1" };

function open(
  host: string,
  path = "/",
  headers: Record<string, string> = NAVIGATIONS,
  method = "GET",
): Promise<string> {
  const lines = Object.entries({ Host: host, Accept: "text/html", Connection: "close", ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return rawRequest(`${method} ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
}

const linkIn = (answer: string) => /<a href="([^"]*)">/.exec(answer)?.[1];

describe("a person who opens the application under another name gets a page with a link to the right address", () => {
  test.each([
    ["a LAN address", () => `192.0.2.2:${port()}`],
    ["0.0.0.0", () => `0.0.0.0:${port()}`],
    ["*.localhost", () => `connect.localhost:${port()}`],
    ["an IPv6 address", () => `[fd00::2]:${port()}`],
    ["a host name", () => `my-laptop.local:${port()}`],
    ["another port of localhost", () => "localhost:1"],
    ["another port of 127.0.0.1", () => "127.0.0.1:1"],
    ["a dot at the end", () => `localhost.:${port()}`],
  ])("%s", async (_case, host) => {
    const answer = await open(host(), "/legrand/applications?name=a");
    expect(statusOf(answer)).toBe(421);
    expect(answer).toMatch(/\r\ncontent-type: text\/html; charset=utf-8\r\n/i);
    expect(answer).toMatch(/\r\ncache-control: no-store\r\n/i);
    expect(linkIn(answer)).toBe(`${testOrigin()}/legrand/applications?name=a`);
    expect(textOf(answer)).toContain(`${testOrigin()}/legrand/applications `);
    expect(textOf(answer)).toContain("Forms and sign-in work at one address only");
  });

  test("also if the browser sends only Upgrade-Insecure-Requests, as it does to a LAN address (W3C Fetch Metadata §3)", async () => {
    expect(statusOf(await open(`192.0.2.2:${port()}`, "/", { "Upgrade-Insecure-Requests": "1" }))).toBe(421);
    expect(
      statusOf(
        await open(`192.0.2.2:${port()}`, "/", {
          "Upgrade-Insecure-Requests": "1",
          "Sec-Fetch-Mode": "cors",
        }),
      ),
    ).toBe(200);
  });

  test.each([
    "//evil.example/a",
    "/\\evil.example",
    "/a?next=//evil.example",
    "/%0d%0aLocation:x",
    '/"><script>alert(1)</script>',
    "/'onmouseover='x",
    "http://evil.example/",
  ])("the page links to the origin only, and escapes what it repeats: %s", async (path) => {
    const answer = await open("evil.example", path);
    expect(statusOf(answer)).toBe(421);
    expect(answer).not.toMatch(/\r\nlocation:|<script|'onmouseover/i);
    const links = [...answer.matchAll(/<a\b[^>]*href=["']?([^"'>\s]*)/g)].map(([, href]) =>
      href!.replaceAll("&#34;", '"').replaceAll("&#38;", "&"),
    );
    expect(links.filter((link) => link !== "/icon.svg" && link !== "/legrand/icon.svg")).toHaveLength(1);
    for (const link of links) expect(new URL(link, testOrigin()).origin).toBe(testOrigin());
  });

  test.each(["127.0.0.1", "[::1]"])(
    "under %s, which is certainly this machine, redirects the browser to the same page",
    async (name) => {
      const answer = await open(`${name}:${port()}`, "/account?a=1");
      expect([statusOf(answer), /\r\nlocation: (\S+)/i.exec(answer)?.[1]]).toEqual([
        307,
        `${testOrigin()}/account?a=1`,
      ]);
    },
  );

  test.each(["localhost", "LOCALHOST"])(
    "accepts %s as the origin's name, with and without its port",
    async (name) => {
      for (const host of [name, `${name}:${port()}`]) expect(statusOf(await open(host))).toBe(200);
    },
  );
});

describe("answers programs under every name", () => {
  const NAMES = () => [`127.0.0.1:${port()}`, "connect:3000", `192.0.2.2:${port()}`];

  test("at discovery, token, API and pages", async () => {
    for (const host of NAMES()) {
      const discovery = await open(host, "/legrand/.well-known/openid-configuration", {});
      expect([statusOf(discovery), discovery.includes(`"issuer":"${testOrigin()}/legrand"`)]).toEqual([
        200,
        true,
      ]);
      expect(statusOf(await open(host, "/legrand/api/smarther/v2.0/plants", {}))).toBe(401);
      expect(
        statusOf(
          await open(
            host,
            "/legrand/token",
            { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": "0" },
            "POST",
          ),
        ),
      ).toBe(400);
      expect(statusOf(await open(host, "/", {}))).toBe(200);
      expect(statusOf(await open(host, "/healthz", NAVIGATIONS))).toBe(200);
    }
  });

  test("and requests that a proxy forwards, because the proxy chooses the name", async () => {
    expect(statusOf(await open("upstream", "/", { ...NAVIGATIONS, "X-Forwarded-For": "203.0.113.9" }))).toBe(
      200,
    );
  });
});

test("refuses a form that was sent under another name, and shows the right address", async () => {
  const answer = await open(
    `192.0.2.2:${port()}`,
    "/connect",
    {
      Origin: `http://192.0.2.2:${port()}`,
      "Content-Type": "application/x-www-form-urlencoded",
      "Content-Length": "0",
    },
    "POST",
  );
  expect(statusOf(answer)).toBe(403);
  expect(textOf(answer)).toContain(`This form was sent from another site than ${testOrigin()}.`);
  expect(linkIn(answer)).toBe(`${testOrigin()}/`);
});
