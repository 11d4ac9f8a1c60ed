import { describe, expect, test } from "vitest";

import { backOffSeconds, parseRetryAfter } from "#lib/connect/cloud/back-off.ts";
import { classifyRefusal } from "#lib/connect/tokens/classify-refusal.ts";

const AT = new Date("2026-11-23T12:00:00Z");
const classify = (
  status: number,
  body: unknown,
  { hasEnded = false, retryAfter = null as string | null } = {},
) => classifyRefusal({ status, body, retryAfter }, hasEnded, AT);

describe("the meaning of an answer without tokens (RFC 6749 §5.2)", () => {
  test.each([
    ["invalid_grant", 400, { error: "invalid_grant" }, "revoked"],
    ["invalid_grant with a status that it should not have", 401, { error: "invalid_grant" }, "revoked"],
    ["invalid_grant with 200", 200, { error: "invalid_grant" }, "revoked"],
    [
      "the words say that it expired",
      400,
      { error: "invalid_grant", error_description: "AADB2C90080: The provided grant has expired." },
      "refresh_token_expired",
    ],
    [
      "the words say either",
      400,
      { error: "invalid_grant", error_description: "Token has been expired or revoked." },
      "revoked",
    ],
    [
      "Legrand's misleading one about the client secret",
      400,
      { error: "invalid_grant", error_description: "AADB2C90085: …" },
      "client_secret_expired",
    ],
    ["invalid_client", 401, { error: "invalid_client" }, "client_secret_expired"],
  ])("%s", (_what, status, body, reason) =>
    expect(classify(status, body)).toEqual({ is: "refused", reason }),
  );

  test("invalid_grant after the stored end: the refresh token expired", () => {
    expect(classify(400, { error: "invalid_grant" }, { hasEnded: true })).toEqual({
      is: "refused",
      reason: "refresh_token_expired",
    });
  });

  test.each([
    ["unauthorized_client", 400, { error: "unauthorized_client" }, "not_admitted"],
    ["429", 429, { message: "Rate limit is exceeded." }, "rate_limited"],
    ["429 that says invalid_grant", 429, { error: "invalid_grant" }, "rate_limited"],
    ["500", 500, null, "server_error"],
    ["503 that says invalid_grant", 503, { error: "invalid_grant" }, "server_error"],
    ["HTML with 200", 200, null, "unusable_answer"],
    ["HTML with 400", 400, null, "unusable_answer"],
    ["a redirect", 302, null, "unusable_answer"],
    ["404", 404, { statusCode: 404, message: "Resource not found" }, "unusable_answer"],
    ["a list", 400, [{ error: "invalid_grant" }], "unusable_answer"],
    ["an error that is no text", 400, { error: { code: "invalid_grant" } }, "unusable_answer"],
  ])("%s is a trouble, and never a lost grant", (_what, status, body, trouble) =>
    expect(classify(status, body)).toEqual({ is: "trouble", trouble }),
  );

  test("429 and 503 with their waiting time", () => {
    expect(classify(429, null, { retryAfter: "90" })).toEqual({
      is: "trouble",
      trouble: "rate_limited",
      waitSeconds: 90,
    });
    expect(classify(503, null, { retryAfter: "90" })).toEqual({
      is: "trouble",
      trouble: "server_error",
      waitSeconds: 90,
    });
  });

  test.each(["999999", "Tue, 23 Nov 2027 12:00:00 GMT"])(
    "waits for at most an hour, even if Legrand asks for more: %s",
    (retryAfter) => {
      expect(classify(429, null, { retryAfter })).toMatchObject({ waitSeconds: 3600 });
    },
  );
});

test.each([
  ["30", 30],
  [" 30 ", 30],
  ["Mon, 23 Nov 2026 12:01:30 GMT", 90],
  ["Mon, 23 Nov 2026 11:00:00 GMT", null],
  ["0", null],
  ["-5", null],
  ["soon", null],
  ["", null],
  ["999999", 999_999],
  ["Tue, 24 Nov 2026 12:00:00 GMT", 86_400],
  [null, null],
])("Retry-After %j is %j seconds (RFC 9110 §10.2.3)", (value, seconds) =>
  expect(parseRetryAfter(value, AT)).toBe(seconds),
);

test("the back-off doubles up to its limit, and varies by a fifth in both directions", () => {
  const after = (failedAttempts: number, random: number) =>
    backOffSeconds({ firstSeconds: 5, longestSeconds: 900 }, failedAttempts, random);
  expect([1, 2, 3, 4, 8, 9, 5_000].map((attempts) => after(attempts, 0.5))).toEqual([
    5, 10, 20, 40, 640, 900, 900,
  ]);
  expect([after(1, 0), after(1, 1), after(50, 1)]).toEqual([4, 6, 1080]);
});
