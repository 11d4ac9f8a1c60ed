import { expect, test } from "vitest";

import { readVerifiedAddress } from "#lib/connect/roles/read-verified-address.ts";

test("an address counts only if email_verified is exactly true (OpenID Connect Core §5.1)", () => {
  expect(readVerifiedAddress({ email: "a@example.com", email_verified: true })).toBe("a@example.com");
  for (const email_verified of [undefined, null, false, "true", 1, "1", [true], {}])
    expect(readVerifiedAddress({ email: "a@example.com", email_verified })).toBeNull();
  for (const claims of [
    null,
    undefined,
    "a@example.com",
    { email_verified: true },
    { email: "", email_verified: true },
    { email: ["a@example.com"], email_verified: true },
  ]) {
    expect(readVerifiedAddress(claims)).toBeNull();
  }
});
