import { readdirSync, readFileSync } from "node:fs";

import { beforeEach, describe, expect, test, vi } from "vitest";

import { setEnvironment } from "#tests/unit/environment.ts";

const jar = new Map<string, string>();
vi.mock("next/headers", () => ({
  cookies: () =>
    Promise.resolve({ get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined) }),
}));

const NAME = "connect-3000.test";
const NOTICE = { message: "Saved.", at: new Date("2026-01-01T00:00:00Z") };
const valueOf = (line: string) => line.split(";")[0]!.slice(`${NAME}=`.length);

async function describeFlash(changes: { context?: string; shownOnceOn?: string[] } = {}) {
  const { flashCookie } = await import("#lib/http/flash-cookie.ts");
  return flashCookie<typeof NOTICE>({
    owner: "connect",
    name: "test",
    context: "test",
    path: "/account",
    lifetimeSeconds: 20,
    revive: (key, value) => (key === "at" ? new Date(String(value)) : value),
    ...changes,
  });
}

beforeEach(() => {
  setEnvironment({ ORIGIN: "http://localhost:3000" });
  jar.clear();
});

describe("a flash cookie carries one value to the page after a redirect", () => {
  test("with its path and lifetime, and hidden from scripts", async () => {
    expect((await describeFlash()).seal(NOTICE)).toMatch(
      /^connect-3000\.test=[\w.-]+; Max-Age=20; Path=\/account; HttpOnly; SameSite=Lax$/,
    );
  });

  test("the page finds what was sealed, with its dates", async () => {
    const flash = await describeFlash();
    expect(await flash.find()).toBeNull();
    jar.set(NAME, valueOf(flash.seal(NOTICE)));
    expect(await flash.find()).toEqual(NOTICE);
  });

  test("the value cannot be read without the key", async () => {
    const sealed = valueOf((await describeFlash()).seal(NOTICE));
    expect(sealed + Buffer.from(sealed.split(".")[1]!, "base64url").toString("latin1")).not.toContain(
      "Saved",
    );
  });

  test("a value of another context does not open", async () => {
    const sealed = valueOf((await describeFlash({ context: "other" })).seal(NOTICE));
    expect((await describeFlash()).open(sealed)).toBeNull();
  });

  test.each([undefined, "", "forged", "k1.forged", JSON.stringify(NOTICE)])(
    "a forged value does not open: %j",
    async (value) => {
      expect((await describeFlash()).open(value)).toBeNull();
    },
  );
});

describe("the proxy deletes the cookie with the page that shows it", () => {
  test.each([
    ["/account", true, true],
    ["/account", false, false],
    ["/account/data", true, false],
    ["/", true, false],
  ])("at %s, with the cookie %s: %s", async (page, hasCookie, isDeleted) => {
    const flash = await describeFlash({ shownOnceOn: ["/account"] });
    expect(flash.endWith(page, (name) => hasCookie && name === NAME)).toBe(isDeleted ? flash.clear() : null);
  });

  test("never, if it may be shown until it expires", async () => {
    expect((await describeFlash()).endWith("/account", () => true)).toBeNull();
  });

  // Over https the names begin with `__Secure-`. A browser ignores a `Set-Cookie` of such a name without
  // `Secure`, and would keep the cookie (RFC 6265bis §4.1.3.1).
  test("over https the deletion is Secure too", async () => {
    setEnvironment({ ORIGIN: "https://connect.example" });
    expect((await describeFlash()).clear()).toBe(
      "__Secure-connect-443.test=; Max-Age=0; Path=/account; HttpOnly; Secure; SameSite=Lax",
    );
  });
});

describe("a Set-Cookie line", () => {
  test.each([
    [
      "for a year",
      { path: "/", lifetimeSeconds: 31_536_000 },
      "a=b; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax",
    ],
    ["until the browser ends", { path: "/legrand" }, "a=b; Path=/legrand; HttpOnly; SameSite=Lax"],
    [
      "that no other site's link sends",
      { path: "/", sameSite: "strict" as const },
      "a=b; Path=/; HttpOnly; SameSite=Strict",
    ],
  ])("of a cookie %s", async (_what, attributes, line) => {
    const { setCookieLine } = await import("#lib/http/set-cookie-line.ts");
    expect(setCookieLine("a", "b", attributes)).toBe(line);
  });

  test("repeats a value as the browser sent it, without encoding it again", async () => {
    const { setCookieLine } = await import("#lib/http/set-cookie-line.ts");
    expect(setCookieLine("a", "b%20c=", { path: "/" })).toMatch(/^a=b%20c=;/);
  });

  test("cannot be continued by a value", async () => {
    const { setCookieLine } = await import("#lib/http/set-cookie-line.ts");
    expect(() => setCookieLine("a", "b; Domain=evil.example", { path: "/" })).toThrow();
  });

  test("is not written for a name that no server can set, which a request may contain", async () => {
    const { deleteCookieLines } = await import("#lib/http/set-cookie-line.ts");
    expect(deleteCookieLines(["a", "b c", "é", "", "d;e", "f=g", "h\tj"])).toEqual([
      "a=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax",
    ]);
  });
});

describe("a Cookie header", () => {
  test.each([
    ["a=1; b=2", "b", "2"],
    ["a=1; a=2", "a", "1"],
    ["a=%20x", "a", "%20x"],
    ["a; b=2", "b", "2"],
    ["ab=1", "a", undefined],
    ["", "a", undefined],
    ["a=1", "__proto__", undefined],
    [null, "a", undefined],
  ])("%j has %s = %j", async (header, name, value) => {
    const { readCookie } = await import("#lib/http/read-cookie.ts");
    expect(readCookie(header, name)).toBe(value);
  });
});

test("no file of lib, app or the proxy writes a Set-Cookie line by hand", () => {
  const files = ["lib", "app"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name) && !name.startsWith("db/generated"))
      .map((name) => `${folder}/${name}`),
  );
  const byHand = [...files, "proxy.ts"].filter((file) =>
    /HttpOnly|SameSite=|Max-Age=/.test(readFileSync(file, "utf8")),
  );
  expect(byHand).toEqual([]);
});
