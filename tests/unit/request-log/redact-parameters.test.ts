import { randomBytes, randomUUID } from "node:crypto";

import fc from "fast-check";
import { expect, test } from "vitest";

import { describeAuthorization } from "#lib/legrand/request-log/describe-authorization.ts";
import { redactParameters } from "#lib/legrand/request-log/redact-parameters.ts";
import { parseReference, referenceOf } from "#lib/legrand/request-log/reference.ts";

/** Values with the shapes of this project's credentials, of passwords, and of names of homes. */
const secret = fc.oneof(
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("base64url")),
  fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .map((bytes) => `lgs_${Buffer.from(bytes).toString("base64url")}`),
  fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString("hex")),
  fc.constantFrom(
    "correct horse battery",
    "Villa Rosé am See",
    "sandbox-only-2",
    "22.5 °C",
    "camille@example.com",
  ),
);

const NAMES = [
  "client_id",
  "client_secret",
  "code",
  "code_verifier",
  "code_challenge",
  "redirect_uri",
  "state",
  "nonce",
  "scope",
  "login_hint",
  "id_token_hint",
  "refresh_token",
  "token",
  "prompt",
  "response_type",
  "response_mode",
  "grant_type",
  "max_age",
  "code_challenge_method",
  "token_type_hint",
  "grant_management_action",
  "claims",
  "ui_locales",
  "x-unknown",
  // Properties that every object has.
  "constructor",
  "toString",
  "hasOwnProperty",
  "__proto__",
];

/** Each place of a request in which a value can be. */
const PLACES: ((value: string) => [string, string][])[] = [
  ...NAMES.map((name) => (value: string) => [[name, value]] as [string, string][]),
  ...NAMES.map((name) => (value: string) => [[name, `openid ${value} code`]] as [string, string][]),
  (value) => [[value, "x"]],
  (value) => [["redirect_uri", `https://app.example/callback?token=${encodeURIComponent(value)}`]],
  (value) => [["redirect_uri", `https://app.example/callback#${encodeURIComponent(value)}`]],
  (value) => [
    ["redirect_uri", `https://${encodeURIComponent(value)}:${encodeURIComponent(value)}@app.example/cb`],
  ],
  (value) => [["redirect_uri", `https://app.example/${encodeURIComponent(value)}${value}/cb`]],
  (value) => [describeAuthorization(`Basic ${value}`)],
  (value) => [describeAuthorization(`Bearer ${value}`)],
  (value) => [describeAuthorization(value)],
];

test("no credential, password, home or value appears in what is stored, in whichever place it was sent", () => {
  fc.assert(
    fc.property(secret, fc.constantFrom(...PLACES), (value, place) => {
      const stored = JSON.stringify(redactParameters(place(value)));
      for (const form of [value, encodeURIComponent(value), value.slice(0, 24)])
        expect(stored).not.toContain(form);
    }),
    { numRuns: 2_000 },
  );
});

test("never throws, and stores at most 41 short entries, for any input", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ unit: "binary" }), fc.string({ unit: "binary", maxLength: 500 }))),
      (sent) => {
        const stored = redactParameters(sent);
        expect(stored.length).toBeLessThanOrEqual(41);
        expect(JSON.stringify(stored)).not.toMatch(/[<\u0000-\u001f\u007f]|\\u00/);
      },
    ),
  );
});

test("keeps what a developer gets wrong: scopes, the reply URL's path, and the words of the specifications", () => {
  const clientId = randomUUID();
  expect(
    redactParameters([
      ["client_id", clientId],
      ["redirect_uri", "http://localhost:3000/calback?x=1"],
      ["scope", "openid comfort.read unknown.one"],
      ["response_type", "code"],
      ["state", randomBytes(8).toString("hex")],
    ]),
  ).toEqual([
    { name: "client_id", value: clientId },
    { name: "redirect_uri", value: "http://localhost:3000/calback?(3 characters)" },
    { name: "scope", value: "openid comfort.read (1 unknown)" },
    { name: "response_type", value: "code" },
    { name: "state", length: 16 },
  ]);
});

test("a reference has one spelling, and is found however it is typed", () => {
  const reference = referenceOf("a1b2c3d4");
  expect(reference).toMatch(/^LG-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}$/);
  for (const typed of [
    reference,
    reference.toLowerCase(),
    ` ${reference.replaceAll("-", "")} `,
    reference.slice(3),
  ])
    expect(parseReference(typed)).toBe(reference);
  for (const typed of ["", "LG", "LG-7F3K", "LG-7F3K-2QX", "<script>", "LG-7U3K-2Q"])
    expect(parseReference(typed)).toBeNull();
});
