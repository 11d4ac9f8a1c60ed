import { describe, expect, test } from "vitest";

import type { Answer } from "#tests/bench/http-client.ts";
import { judgeAnswer } from "#tests/torture/fuzz/judge-answer.ts";

const ISSUER = "http://localhost:3000/legrand";
const REGISTERED = [
  { clientId: "one", replyUrls: ["https://one.example/back", "https://one.example/back?tenant=1"] },
  { clientId: "two", replyUrls: ["https://two.example/back"] },
];

const judge = (answer: Partial<Answer>) =>
  judgeAnswer(
    ISSUER,
    REGISTERED,
    { method: "GET", parameters: [["client_id", "one"]], raw: "", accept: "text/html", isSignedIn: false },
    {
      status: 200,
      location: "",
      headers: { "content-type": "text/html; charset=utf-8" },
      cookies: [],
      body: "",
      firstByteMilliseconds: 0,
      ...answer,
    },
  );

describe("the fuzz finds a redirect to an address that is not registered for the client (RFC 9700 §4.1.3)", () => {
  test.each([
    "https://evil.example/?code=1",
    "//evil.example/?code=1",
    "https://two.example/back?code=1",
    "https://one.example/back",
    "https://one.example/back/?code=1",
    "https://one.example/back?x=1&code=1",
    "https://one.example/back.evil.example?code=1",
    "https://one.example/back?tenant=2&code=1",
    `${ISSUER}/applications`,
    `${ISSUER}evil/authorize`,
    "/account",
  ])("%s", (location) => {
    expect(judge({ status: 303, location })).toContain("a redirect to");
  });

  test.each([
    "https://one.example/back?code=1&state=s",
    "https://one.example/back?tenant=1&error=x",
    "https://one.example/back#error=x",
    "/legrand/interaction/abc",
    `${ISSUER}/authorize?x=1`,
  ])("but not %s", (location) => {
    expect(judge({ status: 303, location })).toBeNull();
  });
});

test.each([500, 502, 503])("the fuzz finds the status %d", (status) => {
  expect(judge({ status })).toContain(String(status));
});

test("the fuzz finds an injected header", () => {
  expect(judge({ headers: { "x-zq7": "1" } })).toBe("a header was injected");
});

describe("the fuzz finds input that was not escaped", () => {
  test.each([
    "<p><zq7></p>",
    '<a title="" zq7="1">',
    '<a href="javascript:zq7">',
    "<iframe src='data:text/html,<zq7>'>",
  ])("%s", (body) => {
    expect(judge({ body })).toContain("unescaped");
  });

  test("but not escaped input, nor JSON", () => {
    expect(judge({ body: "<p>&lt;zq7&gt; &quot; zq7=&quot;1 javascript:zq7</p>" })).toBeNull();
    expect(judge({ body: '{"x":"<zq7>"}', headers: { "content-type": "application/json" } })).toBeNull();
  });
});
