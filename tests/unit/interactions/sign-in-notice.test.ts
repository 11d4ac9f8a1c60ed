import { beforeEach, describe, expect, test } from "vitest";

import { describeSignInRefusal, inWords } from "#lib/legrand/accounts/describe-sign-in-refusal.ts";
import { setEnvironment } from "#tests/unit/environment.ts";

describe("a waiting time in words, rounded up", () => {
  test.each([
    [1, "1 second"], [2, "2 seconds"], [59, "59 seconds"], [60, "1 minute"], [61, "2 minutes"], [120, "2 minutes"], [121, "3 minutes"], [900, "15 minutes"],
  ])("%i s: %s", (seconds, words) => {
    expect(inWords(seconds)).toBe(words);
  });
});

describe("what the sign-in page says", () => {
  test("nothing about which part was wrong (OWASP ASVS 5.0, 6.3.8)", () => {
    const { message } = describeSignInRefusal({ ok: false, reason: "wrong_password", email: "camille@example.com" });
    expect(message).toMatch(/e-mail address or the password/);
    expect(message).not.toContain("camille");
  });

  test("how long to wait after too many attempts", () => {
    expect(describeSignInRefusal({ ok: false, reason: "too_many_attempts", email: "a@example.com", retryAfterSeconds: 840 }).message).toMatch(/Try again in 14 minutes/);
  });

  test("the sentence of the field that was not filled in", () => {
    expect(describeSignInRefusal({ ok: false, reason: "invalid", message: "Enter your e-mail address", email: "" }).message).toBe("Enter your e-mail address");
  });
});

describe("the notice travels in a sealed cookie", () => {
  const NOTICE = { ok: false, reason: "wrong_password", email: "camille@example.com" } as const;
  const valueOf = (cookie: string) => cookie.split(";")[0]!.split("=").slice(1).join("=");
  const load = () => import("#lib/legrand/interactions/sign-in-notice.ts");
  beforeEach(() => setEnvironment());

  test("what was sealed is read back, and the address is not readable in it", async () => {
    const { openSignInNotice, sealSignInNotice } = await load();
    const cookie = sealSignInNotice("abc", NOTICE);
    expect(openSignInNotice(valueOf(cookie))).toEqual(NOTICE);
    expect(cookie).not.toContain("camille");
  });

  test("it is for that interaction's page only, for a minute, and no script reads it", async () => {
    const { sealSignInNotice } = await load();
    expect(sealSignInNotice("a/b", NOTICE)).toMatch(/; Path=\/legrand\/interaction\/a%2Fb; Max-Age=60; HttpOnly; SameSite=Lax$/);
  });

  test("over https it is Secure", async () => {
    setEnvironment({ ORIGIN: "https://connect.example" });
    const { sealSignInNotice } = await load();
    expect(sealSignInNotice("abc", NOTICE)).toMatch(/; Secure$/);
  });

  test.each([undefined, "", "forged", "k1.forged", JSON.stringify(NOTICE)])("a forged one is none: %j", async (value) => {
    const { openSignInNotice } = await load();
    expect(openSignInNotice(value)).toBeNull();
  });
});
