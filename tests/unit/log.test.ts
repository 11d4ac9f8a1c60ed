import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { SignJWT } from "jose";
import { describe, expect, test } from "vitest";

import { randomToken } from "#lib/crypto/random-token.ts";
import { newRequestId, redact } from "#lib/log.ts";

const anywhere = fc.tuple(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }));
/**
 * A random token as we create it: a code, an access or refresh token, a cookie's value, or a client secret.
 */
const credential = fc.constantFrom("", "lgs_").map((prefix) => randomToken(prefix));

describe("no credential reaches the log", () => {
  test("redacts our own tokens in any context", () => {
    fc.assert(
      fc.property(
        anywhere,
        credential,
        ([before, after], token) => !redact(before + token + after).includes(token),
      ),
      { numRuns: 1_000 },
    );
  });

  test.each([
    "access_token=%",
    "refresh_token: %",
    "client_secret=%&grant_type=refresh_token",
    "code=%&state=x",
    "Authorization: Bearer %",
    "bearer %",
    `{"refresh_token":"%"}`,
    `{\\"code\\":\\"%\\"}`,
    "code_verifier='%'",
    "Cookie: authjs.session-token=%; theme=dark",
    "Cookie: connect-3000.session=%; pages-3000.theme=dark",
    "legrand-443.session.sig=%",
    "connect-3000.verifier.dDQ0Hk3rZ0dsJq9a=%",
    "https://app.example/callback?code=%",
    "redirect%3Fcode%3D%",
    "invalid token %.",
    "%",
  ])("%s", (context) => {
    const token = randomToken();
    expect(redact(context.replace(/%(?![0-9A-F]{2})/, token))).not.toContain(token);
  });

  test("redacts a signed JWT, including its claims", async () => {
    const jwt = await new SignJWT({ sub: "4711", email: "camille@example.com" })
      .setProtectedHeader({ alg: "HS256" })
      .sign(new Uint8Array(32));
    const redacted = redact(`id_token ${jwt} did not verify`);
    for (const part of jwt.split(".").slice(1)) expect(redacted).not.toContain(part);
  });

  test("redacts a short secret after its name", () => {
    expect(redact("password=correct-horse-battery")).toBe("password=[redacted]");
    expect(redact('"client_secret":"hand-made-secret"')).toBe('"client_secret":"[redacted]"');
  });

  test("redacts a subscription key, and keeps the identifiers around it", () => {
    const key = "0123456789abcdef0123456789abcdef";
    const identifier = "c0e2d1f4-6b7a-4f0e-9d3c-5a8b1e2f7c60";
    expect(redact(`{"ocp-apim-subscription-key":"${key}"} of ${identifier}`)).toBe(
      `{"ocp-apim-subscription-key":"[redacted]"} of ${identifier}`,
    );
  });

  test("redacts a long text quickly", () => {
    for (const text of [
      "a".repeat(100_000),
      "code=".repeat(20_000),
      "eyJ".repeat(30_000),
      "A.".repeat(50_000),
    ]) {
      const begin = performance.now();
      redact(text);
      expect(performance.now() - begin).toBeLessThan(3_000);
    }
  });
});

describe("keeps what helps to find a bug", () => {
  test.each([
    "TypeError: Cannot read properties of undefined (reading 'clientId')",
    "    at completeAuthorizationRequest (lib/legrand/authorization-server/legrand-rules.ts:10:3)",
    "    at async file:///srv/connect/node_modules/oidc-provider/lib/shared/error_handler.js:42:7",
    'relation "legrand_artifact" does not exist',
    `application ${randomUUID()} has no reply URL`,
    "connect ECONNREFUSED 127.0.0.1:5432",
  ])("%s", (message) => {
    expect(redact(message)).toBe(message);
  });
});

test("a request id is short enough to be read out on the telephone", () => {
  expect(newRequestId()).toMatch(/^[0-9a-f]{8}$/);
});
