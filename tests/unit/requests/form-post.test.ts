import { afterEach, beforeEach, describe, expect, test, vi, type MockInstance } from "vitest";

import { setEnvironment } from "#tests/unit/environment.ts";

const ORIGIN = "http://localhost:3000";
let log: MockInstance<typeof console.error>;
beforeEach(() => {
  setEnvironment();
  log = vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => log.mockRestore());

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  new Request(ORIGIN + path, {
    method: "POST",
    body,
    headers: { "content-type": "application/x-www-form-urlencoded", origin: ORIGIN, ...headers },
  });

describe("formPost checks, reads, works and answers, and never throws", () => {
  const handler = async (work: (form: URLSearchParams) => Promise<string | Response>) => {
    const { formPost } = await import("#lib/http/form-post.ts");
    return (request: Request) => formPost<undefined>(work)(request, undefined);
  };

  test("answers with a 303 redirect that no cache stores (RFC 9110 §15.4.4)", async () => {
    const response = await (await handler(async (form) => `/next?a=${form.get("a")}`))(post("/form", "a=1"));
    expect([
      response.status,
      response.headers.get("location"),
      response.headers.get("cache-control"),
    ]).toEqual([303, "/next?a=1", "no-store"]);
  });

  test("returns a response unchanged", async () => {
    expect(
      (await (await handler(async () => new Response("tea", { status: 418 })))(post("/form", ""))).status,
    ).toBe(418);
  });

  test("refuses another site's form before reading it, and does no work", async () => {
    let worked = false;
    const handle = await handler(async () => {
      worked = true;
      return "/";
    });
    const response = await handle(post("/form", "a=%", { origin: "https://evil.example" }));
    expect([response.status, worked]).toEqual([403, false]);
  });

  test("answers 400 to a form that cannot be read", async () => {
    const response = await (await handler(async () => "/"))(post("/form", "a=%"));
    expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([
      400,
      "invalid_request",
    ]);
  });
});

describe("answerFailure (issue 2, Bad input: database unreachable)", () => {
  const answer = async (error: Error) => {
    const { answerFailure } = await import("#lib/http/form-post.ts");
    const response = answerFailure(post("/form", "", { "x-request-id": "0badf00d" }), error);
    return {
      status: response.status,
      retry: response.headers.get("retry-after"),
      body: (await response.json()) as Record<string, string>,
    };
  };
  const named = (name: string, cause?: Error) =>
    Object.assign(new Error("secret detail", { cause }), { name });

  test.each([
    ["Prisma cannot connect", named("PrismaClientInitializationError")],
    ["a connection broke", Object.assign(named("PrismaClientKnownRequestError"), { code: "P1017" })],
    ["the driver gave up", named("DriverAdapterError")],
    ["within another error", named("Error", named("PrismaClientUnknownRequestError"))],
  ])("answers 503 with a request id and Retry-After: %s", async (_title, error) => {
    expect(await answer(error)).toMatchObject({
      status: 503,
      retry: "5",
      body: { error: "temporarily_unavailable", request_id: "0badf00d" },
    });
  });

  test("answers 500 to a statement that can never succeed, because a retry does not help", async () => {
    expect(
      await answer(Object.assign(named("PrismaClientKnownRequestError"), { code: "P2002" })),
    ).toMatchObject({ status: 500, retry: null });
  });

  test("answers 500 with a request id to a bug, and reveals nothing about it", async () => {
    const { status, body } = await answer(new TypeError("secret detail"));
    expect([status, body.error, body.request_id]).toEqual([500, "server_error", "0badf00d"]);
    expect(JSON.stringify(body)).not.toContain("secret detail");
  });

  test("logs it once, under that request id", async () => {
    await answer(new TypeError("secret detail"));
    expect(log.mock.calls).toHaveLength(1);
    expect(JSON.parse(String(log.mock.calls[0]![0]))).toMatchObject({
      level: "error",
      requestId: "0badf00d",
      where: "form",
      detail: expect.stringContaining("secret detail") as string,
    });
  });
});

describe("the theme is kept in a cookie (POST /api/theme)", () => {
  const choose = async (body: string, headers: Record<string, string> = {}) => {
    const { POST } = await import("#app/api/theme/route.ts");
    const response = await POST(post("/api/theme", body, headers), undefined);
    return {
      status: response.status,
      location: response.headers.get("location"),
      cookie: response.headers.get("set-cookie"),
    };
  };

  test.each([
    ["theme=dark", /^pages-3000\.theme=dark; .*Max-Age=31536000/],
    ["theme=light", /^pages-3000\.theme=light; .*Max-Age=31536000/],
    ["theme=system", /^pages-3000\.theme=; .*Max-Age=0/],
    ["theme=%3Cscript%3E", /^pages-3000\.theme=; .*Max-Age=0/],
    ["", /^pages-3000\.theme=; /],
  ])("%j", async (body, cookie) => {
    expect((await choose(body)).cookie).toMatch(cookie);
  });

  test("sets the cookie HttpOnly and SameSite=Lax, and Secure over https", async () => {
    expect((await choose("theme=dark")).cookie).toMatch(/HttpOnly; SameSite=Lax$/);
    setEnvironment({ ORIGIN: "https://connect.example" });
    expect((await choose("theme=dark", { origin: "https://connect.example" })).cookie).toMatch(
      /HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  test.each([
    [`${ORIGIN}/account?tab=1`, `${ORIGIN}/account?tab=1`],
    ["https://evil.example/account", `${ORIGIN}/`],
    ["nonsense", `${ORIGIN}/`],
    ["", `${ORIGIN}/`],
  ])("redirects back to the page of our origin that sent the form: %j", async (referer, location) => {
    expect(await choose("theme=dark", { referer })).toMatchObject({ status: 303, location });
  });
});
