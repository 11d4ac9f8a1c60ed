import { describe, expect, test } from "vitest";

import { checkPassword } from "#lib/legrand/accounts/check-password.ts";

const OWNER = { email: "zoe.martin@example.com", givenName: "Zoë", familyName: "Lindqvist" };

describe("a new password (NIST SP 800-63B-4 §3.1.1.2; OWASP ASVS 5.0, 6.2)", () => {
  test.each([
    ["lower case only", "kettle umbrella tuesday"],
    ["of eight characters", "vq8zt0xw"],
    ["of 256 characters", "vq8zt0xw".repeat(32)],
    ["with spaces at both ends", "  vq8zt0  "],
    ["of another script", "пять лиловых чайников"],
    ["of eight emoji", "🪁🧭🪵🫖🧶🪗🦤🪺"],
    ["that has the name among other words", "lindqvist owes me a kettle"],
  ])("accepts %s: no mix of character kinds is required", async (_case, password) => {
    expect(await checkPassword(password, OWNER)).toBeNull();
  });

  test.each([
    ["nothing", "", /Enter a password/],
    ["seven characters", "vq8zt0x", /at least 8 characters/],
    ["four emoji, which are eight code units", "🪁🧭🪵🫖", /at least 8/],
    ["seven letters with marks of their own", "e\u0301".repeat(7), /at least 8/],
    ["257 characters", "x1".repeat(128) + "y", /at most 256 characters/],
    ["a common one", "password1", /this one is too common/],
    ["a common one in capitals", "PassWord1", /this one is too common/],
    ["digits in a row", "1234567890", /this one is too common/],
    ["the e-mail address", "Zoe.Martin@example.com", /not your name or your e-mail/],
    ["what stands before the @", "zoemartin", /not your name/],
    ["the surname with digits and signs", "Lindqvist2026!", /not your name/],
    ["both names", "Zoë Lindqvist", /not your name/],
  ])("refuses %s with a sentence", async (_case, password, sentence) => {
    expect(await checkPassword(password, OWNER)).toMatch(sentence);
  });
});
