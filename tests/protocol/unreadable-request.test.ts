import { gzipSync } from "node:zlib";

import { describe, expect, test } from "vitest";

import { authorizeUrl, openSignIn } from "#tests/factories/authorize.ts";
import { Browser, testOrigin } from "#tests/factories/browser.ts";
import { callApi, connect, issuer, refresh } from "#tests/factories/client.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { rawRequest, statusOf } from "#tests/factories/raw-request.ts";
import { anyString } from "#tests/factories/matchers.ts";

const FORM = "application/x-www-form-urlencoded";
const MILLISECONDS = 250;
const MANY = Array.from({ length: 10_000 }, (_, index) => `p${index}=1`).join("&");
const LARGE = `token=${"x".repeat(3 * 1024 * 1024)}`;

type Sent = { body: string | Uint8Array<ArrayBuffer>; type?: string };

/** Bodies that are not a form of the application, with the statuses that may answer them. */
const UNREADABLE: [string, Sent, number[]][] = [
  ["larger than any form", { body: LARGE }, [413]],
  ["somewhat too large", { body: `token=${"x".repeat(60_000)}` }, [413]],
  ["10,000 parameters", { body: MANY }, [400, 413]],
  ["101 parameters", { body: MANY.split("&").slice(0, 101).join("&") }, [400]],
  ["JSON", { body: '{"grant_type":"refresh_token"}', type: "application/json" }, [415]],
  ["plain text", { body: "grant_type=refresh_token", type: "text/plain" }, [415]],
  ["no content type", { body: "grant_type=refresh_token", type: "" }, [400, 415]],
  ["not a content type", { body: "grant_type=refresh_token", type: ";;;" }, [400, 415]],
  ["XML", { body: "<a/>", type: "application/xml" }, [415]],
  ["bytes that are not UTF-8", { body: new Uint8Array([0x74, 0x3d, 0xff, 0xfe, 0x80]) }, [400]],
  ["encoded bytes that are not UTF-8", { body: "token=%ff%fe" }, [400]],
  ["a broken percent-encoding", { body: "token=%zz&grant_type=%" }, [400]],
  ["an encoded NUL", { body: "token=a%00b" }, [400]],
  ["a NUL in a name", { body: "to%00ken=a" }, [400]],
  ["a plain NUL", { body: "token=a\0b" }, [400]],
  ["an overlong encoding of a NUL", { body: "token=%c0%80" }, [400]],
  ["a lone surrogate", { body: "token=%ed%a0%80" }, [400]],
  ["multipart without a boundary", { body: "--x", type: "multipart/form-data" }, [400]],
  [
    "multipart that breaks off",
    {
      body: '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb',
      type: "multipart/form-data; boundary=x",
    },
    [400],
  ],
  [
    "multipart with a file",
    {
      body: '--x\r\nContent-Disposition: form-data; name="a"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nb\r\n--x--\r\n',
      type: "multipart/form-data; boundary=x",
    },
    [400],
  ],
];

/**
 * Milliseconds of the fastest of some rounds, which measures the server and not other work on a busy machine.
 */
async function fastest(act: () => Promise<unknown>): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < 12 && least >= MILLISECONDS; round++) {
    const begin = performance.now();
    await act();
    least = Math.min(least, performance.now() - begin);
  }
  return least;
}

const send = async (address: string, { body, type = FORM }: Sent) => {
  // For a string fetch would set a content type of its own.
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const response = await fetch(address, {
    method: "POST",
    body: bytes,
    headers: type ? { "content-type": type } : {},
    redirect: "manual",
  });
  return { status: response.status, text: await response.text() };
};

describe("an unreadable body is a 4xx in milliseconds", () => {
  test.each(UNREADABLE)("%s", async (_case, sent, statuses) => {
    for (const path of [
      "/token",
      "/revoke",
      "/introspect",
      "/interaction/unknown/sign-in",
      "/interaction/unknown/consent",
    ]) {
      const { status, text } = await send(issuer() + path, sent);
      expect({ path, status: statuses.includes(status) ? "as expected" : status }).toEqual({
        path,
        status: "as expected",
      });
      expect(JSON.parse(text)).toMatchObject({ error: "invalid_request", error_description: anyString });
    }
    expect(await fastest(() => send(`${issuer()}/token`, sent))).toBeLessThan(MILLISECONDS);
  });

  // The server has to read the whole body or close: the connection must not be left with an unread body
  // before its next request (RFC 9112 §9.6).
  test.each([
    "/legrand/token",
    "/api/theme",
    "/legrand/sign-in/submit",
    "/legrand/interaction/unknown/consent",
  ])(
    "too large, without a declared length (Transfer-Encoding: chunked), and the connection stays usable: %s",
    async (path) => {
      const chunk = `${(16_384).toString(16)}\r\n${"x".repeat(16_384)}\r\n`;
      const host = `Host: ${new URL(testOrigin()).host}\r\n`;
      const post = `POST ${path} HTTP/1.1\r\n${host}Content-Type: ${FORM}\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(64)}0\r\n\r\n`;
      const answers = await rawRequest(`${post}GET /api/health HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
      expect(answers.match(/(?<=HTTP\/1\.1 )\d{3}/g)).toEqual(["413", "204"]);
    },
  );

  test("a page of the application outside the sandbox has the same limit", async () => {
    const { status } = await send(`${testOrigin()}/connect`, { body: LARGE });
    expect(status).toBe(413);
  });
});

describe("a form that is sent to a page instead of its form's address is refused, before Next takes it for a server action", () => {
  const multipart = {
    body: '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
    type: "multipart/form-data; boundary=x",
  };

  test.each([
    ["/", 405],
    ["/legrand/applications", 405],
    ["/legrand/applications/new/description", 405],
    ["/legrand/sign-in", 405],
  ])("%s", async (path, expected) => {
    for (const sent of [multipart, { body: "a=b" }]) {
      const { status, text } = await send(testOrigin() + path, sent);
      expect([status, JSON.parse(text)]).toEqual([
        expected,
        { error: "invalid_request", error_description: anyString },
      ]);
    }
  });

  test("an address without a page answers as any unknown address", async () => {
    for (const sent of [multipart, { body: "a=b" }])
      expect(await send(`${testOrigin()}/nowhere`, sent)).toMatchObject({
        status: 404,
        text: expect.stringContaining("Page not found") as string,
      });
  });
});

describe("an unreadable query is a 4xx in milliseconds", () => {
  test.each([
    ["10,000 parameters", MANY],
    ["a NUL", "client_id=a%00b"],
    ["bytes that are not UTF-8", "client_id=%ff"],
    ["a lone surrogate", "state=%ed%a0%80"],
  ])("%s", async (_case, query) => {
    for (const path of ["/authorize", "/userinfo", "/jwks", "/.well-known/openid-configuration"]) {
      const act = () => new Browser().open(`${issuer()}${path}?${query}`, { accept: "application/json" });
      const page = await act();
      // If Node's own limit for a request's head comes first, the status is 431.
      expect([400, 414, 431]).toContain(page.status);
      expect(page.location).toBeNull();
      expect(await fastest(act)).toBeLessThan(MILLISECONDS);
    }
  });

  test("a person gets a page", async () => {
    const page = await new Browser().open(`${issuer()}/authorize?client_id=%ff`);
    expect(page).toMatchObject({ status: 400, location: null });
    expect(page.headers.get("content-type")).toMatch(/^text\/html/);
  });
});

describe("requests that the HTTP parser refuses", () => {
  const host = () => `Host: ${new URL(testOrigin()).host}\r\n`;
  test.each([
    ["a NUL in a header", () => `GET /legrand/jwks HTTP/1.1\r\n${host()}X-Odd: a\0b\r\n\r\n`],
    [
      "a NUL in Authorization",
      () => `GET /legrand/userinfo HTTP/1.1\r\n${host()}Authorization: Bearer a\0b\r\n\r\n`,
    ],
    ["a NUL in a cookie", () => `GET / HTTP/1.1\r\n${host()}Cookie: a=\0\r\n\r\n`],
    ["a NUL in the address", () => `GET /legrand/authorize?a=\0 HTTP/1.1\r\n${host()}\r\n`],
    [
      "two lengths (RFC 9112 §6.3)",
      () => `POST /legrand/token HTTP/1.1\r\n${host()}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
    ],
    [
      "a length and chunks (RFC 9112 §6.1)",
      () =>
        `POST /legrand/token HTTP/1.1\r\n${host()}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ["a negative length", () => `POST /legrand/token HTTP/1.1\r\n${host()}Content-Length: -1\r\n\r\n`],
    [
      "a header as long as a book",
      () => `GET /legrand/jwks HTTP/1.1\r\n${host()}X-Long: ${"x".repeat(70_000)}\r\n\r\n`,
    ],
    ["no Host (RFC 9112 §3.2)", () => "GET /legrand/jwks HTTP/1.1\r\n\r\n"],
  ])("%s: a 4xx in milliseconds", async (_case, request) => {
    let answer = "";
    expect(
      await fastest(async () => {
        answer = await rawRequest(request());
      }),
    ).toBeLessThan(MILLISECONDS);
    expect(statusOf(answer)).toBeGreaterThanOrEqual(400);
    expect(statusOf(answer)).toBeLessThan(500);
  });
});

describe("unusual values are refused and break nothing", () => {
  const ODD = [
    "",
    " ",
    "\u{1F511}",
    "x".repeat(9_000),
    "'; DROP TABLE legrand_artifact; --",
    "../../etc/passwd",
    "%00",
    "[object Object]",
    "null",
    "__proto__",
  ];

  test.each(ODD)("as a token at every endpoint, case %$", async (odd) => {
    const application = await makeApplication();
    const asToken = await refresh(application, odd);
    expect(asToken.status).toBe(400);
    expect((await callApi(encodeURIComponent(odd))).status).toBe(401);
    expect(
      (
        await fetch(`${issuer()}/userinfo`, {
          headers: { authorization: `Bearer ${encodeURIComponent(odd)}` },
        })
      ).status,
    ).toBeLessThan(500);
  });

  test.each([...ODD, "login consent none"])(
    "as an optional parameter of an authorization request, case %$",
    async (odd) => {
      const application = await makeApplication();
      for (const name of [
        "nonce",
        "login_hint",
        "ui_locales",
        "acr_values",
        "claims",
        "id_token_hint",
        "display",
        "response_mode",
        "prompt",
        "resource",
      ]) {
        const page = await new Browser().open(
          authorizeUrl(application, { scope: "openid", state: "s", [name]: odd }),
          { accept: "application/json" },
        );
        expect({ name, failed: page.status >= 500 }).toEqual({ name, failed: false });
      }
    },
  );

  test.each(ODD)("as the id of an interaction, case %$", async (odd) => {
    const page = await new Browser().open(`/legrand/interaction/${encodeURIComponent(odd) || "x"}`);
    expect(page.status).toBeLessThan(500);
  });

  test("cookies with unusual values start a new session", async () => {
    const application = await makeApplication();
    const { browser } = await openSignIn(application, { scope: "openid" });
    for (const odd of ["x", "%00", "x".repeat(3_000), '"', "=;="]) {
      browser.cookies = browser.cookies.map((cookie) => ({ ...cookie, value: encodeURIComponent(odd) }));
      expect((await browser.open(authorizeUrl(application, { scope: "openid" }))).status).toBe(303);
    }
  });

  test.each(["PUT", "DELETE", "PATCH", "TRACE_", "HEAD"])(
    "the endpoints do not fail on the method %s",
    async (method) => {
      for (const path of ["/token", "/authorize", "/userinfo", "/jwks", "/nothing"]) {
        const response = await fetch(issuer() + path, { method, redirect: "manual" });
        expect(response.status).toBeLessThan(500);
      }
    },
  );

  test("an unknown endpoint is a 404", async () => {
    for (const path of [
      "/nothing",
      "/token/x",
      "/reg",
      "/session/end",
      "/device/auth",
      "/backchannel",
      "/request",
      "/challenge",
    ]) {
      expect((await fetch(issuer() + path)).status).toBe(404);
    }
  });
});

test("afterwards the server still works", async () => {
  const { tokens } = await connect();
  expect((await callApi(tokens.access_token)).status).toBe(200);
});

test("a compressed body is 415 with the accepted encodings, at the token endpoint and at a form (RFC 9110 §15.5.16)", async () => {
  for (const path of ["/token", "/sign-in/submit"]) {
    const answer = await fetch(issuer() + path, {
      method: "POST",
      body: new Uint8Array(gzipSync("grant_type=refresh_token")),
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "content-encoding": "gzip",
        origin: testOrigin(),
      },
    });
    expect([path, answer.status, answer.headers.get("accept-encoding")]).toEqual([path, 415, "identity"]);
    expect(await answer.json()).toMatchObject({
      error: "invalid_request",
      error_description: expect.stringContaining("compressed") as string,
    });
  }
});
