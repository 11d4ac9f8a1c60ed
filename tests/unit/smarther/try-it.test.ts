import { execFileSync } from "node:child_process";

import { describe, expect, test } from "vitest";

import { explainAnswer } from "#components/legrand/apis/explain-answer.ts";
import { writeAddress, writeCurl, writeMasked } from "#components/legrand/apis/write-request.ts";

const SCOPE = { name: "comfort.read", label: "See temperature and humidity" };
const URL_TEMPLATE = "https://sandbox.example/api/plants/{plantId}/topology";
const REQUEST = {
  method: "POST",
  url: URL_TEMPLATE,
  values: { plantId: "it's/../?a=$b" },
  body: `{"a": "it's $HOME \`x\`"}`,
};

describe("the request of Try it", () => {
  test("keeps any value within its path segment", () => {
    expect(writeAddress(REQUEST)).toBe("https://sandbox.example/api/plants/it's%2F..%2F%3Fa%3D%24b/topology");
  });

  test("keeps the placeholder of a parameter without a value visible", () => {
    expect(writeAddress({ url: URL_TEMPLATE, values: { plantId: " " } })).toBe(URL_TEMPLATE);
  });

  test("a shell receives address and body of the command unchanged, and the credentials from its variables", () => {
    const printed = execFileSync("sh", ["-c", writeCurl(REQUEST).replace(/^curl/, "printf '%s\\n'")], {
      encoding: "utf8",
      env: { ...process.env, ACCESS_TOKEN: "the-token", SUBSCRIPTION_KEY: "the-key" },
    });
    expect(printed.split("\n")).toEqual([
      "-i",
      "-X",
      "POST",
      writeAddress(REQUEST),
      "-H",
      "Authorization: Bearer the-token",
      "-H",
      "Ocp-Apim-Subscription-Key: the-key",
      "-H",
      "Content-Type: application/json",
      "-d",
      REQUEST.body,
      "",
    ]);
  });

  test("displays neither the token nor the key", () => {
    expect(writeMasked({ ...REQUEST, method: "GET", body: null })).toBe(
      `GET ${writeAddress(REQUEST)}\nAuthorization: Bearer ••••••••\nOcp-Apim-Subscription-Key: ••••••••`,
    );
  });
});

describe("explains an answer and what to do (Works with Legrand, errors)", () => {
  const explain = (status: number, more: Partial<Parameters<typeof explainAnswer>[0]> = {}) =>
    explainAnswer({ status, message: "", challenge: null, retryAfterSeconds: null, ...more }, SCOPE);

  test.each<[string, string, RegExp]>([
    [
      "401, the key",
      explain(401, { message: "Access denied due to invalid subscription key. …" }),
      /key is not accepted/,
    ],
    ["401, no token", explain(401, { challenge: "Bearer" }), /no access token/],
    [
      "401, a dead token",
      explain(401, { challenge: 'Bearer error="invalid_token"' }),
      /expired, revoked or not from this sandbox.*refresh token/,
    ],
    [
      "403, the scope",
      explain(403, { challenge: 'Bearer error="insufficient_scope", scope="comfort.read"' }),
      /did not grant comfort\.read \(See temperature and humidity/,
    ],
    [
      "403, the quota",
      explain(403, { message: "Out of call volume quota.", retryAfterSeconds: "3601" }),
      /in 61 minutes/,
    ],
    [
      "403, suspended",
      explain(403, { message: "The application is suspended by its developer.", challenge: "Bearer" }),
      /suspended.*Resume/,
    ],
    ["404, the gateway", explain(404, { message: "Gateway offline" }), /gateway is offline/],
    ["404, unknown", explain(404, { message: "Resource not found" }), /nothing with that ID/],
    ["430", explain(430), /nothing was changed/],
    ["204", explain(204), /The list is empty/],
    ["503", explain(503), /sandbox, and not in your request/],
  ])("%s", (_case, sentence, expected) => {
    expect(sentence).toMatch(expected);
  });

  test("needs no explanation for 200", () => {
    expect(explain(200)).toBe("");
  });
});
