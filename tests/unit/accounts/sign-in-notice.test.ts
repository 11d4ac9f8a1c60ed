import { beforeEach, describe, expect, test } from "vitest";

import { describeSignInRefusal, inWords } from "#lib/legrand/accounts/describe-sign-in-refusal.ts";
import { setEnvironment } from "#tests/unit/environment.ts";

describe("a waiting time is written in words, rounded up", () => {
  test.each([
    [1, "1 second"],
    [2, "2 seconds"],
    [59, "59 seconds"],
    [60, "1 minute"],
    [61, "2 minutes"],
    [120, "2 minutes"],
    [121, "3 minutes"],
    [900, "15 minutes"],
  ])("%i s: %s", (seconds, words) => {
    expect(inWords(seconds)).toBe(words);
  });
});

describe("what the sign-in page says", () => {
  test("does not reveal which part was wrong (OWASP ASVS 5.0, 6.3.8)", () => {
    const { message } = describeSignInRefusal({
      ok: false,
      reason: "wrong_password",
      email: "camille@example.com",
    });
    expect(message).toMatch(/e-mail address or the password/);
    expect(message).not.toContain("camille");
  });

  test("says how long to wait after too many attempts", () => {
    expect(
      describeSignInRefusal({
        ok: false,
        reason: "too_many_attempts",
        email: "a@example.com",
        retryAfterSeconds: 840,
      }).message,
    ).toMatch(/Try again in 14 minutes/);
  });

  test("names the field that was not filled in", () => {
    expect(
      describeSignInRefusal({ ok: false, reason: "invalid", message: "Enter your e-mail address", email: "" })
        .message,
    ).toBe("Enter your e-mail address");
  });
});

describe("the notice travels in a sealed cookie", () => {
  const NOTICE = {
    tone: "error",
    message: "It is not right.",
    typed: { email: "camille@example.com" },
  } as const;
  const PATH = "/legrand/interaction/a%2Fb";
  const valueOf = (cookie: string) => cookie.split(";")[0]!.split("=").slice(1).join("=");
  const load = () => import("#lib/legrand/portal/form-notice.ts");
  beforeEach(() => setEnvironment());

  test("opens to what was sealed, and hides the address", async () => {
    const { formNotice } = await load();
    const cookie = formNotice(PATH).seal(NOTICE);
    expect(formNotice(PATH).open(valueOf(cookie))).toEqual(NOTICE);
    expect(cookie).not.toContain("camille");
  });

  test("is sent to the sign-in page and the pages below it, lasts a minute, and is hidden from scripts", async () => {
    const { formNotice } = await load();
    const cookie = formNotice(PATH).seal(NOTICE);
    for (const other of ["/legrand/interaction/c", `${PATH}/d`, "/legrand/sign-in"])
      expect(formNotice(other).open(valueOf(cookie))).toBeNull();
    expect(cookie).toMatch(/; Max-Age=60; Path=\/legrand; HttpOnly; SameSite=Lax$/);
  });

  test("is Secure over https", async () => {
    setEnvironment({ ORIGIN: "https://connect.example" });
    const { formNotice } = await load();
    expect(formNotice(PATH).seal(NOTICE)).toMatch(/; Secure; SameSite=Lax$/);
  });

  test.each([undefined, "", "forged", "k1.forged", JSON.stringify(NOTICE)])(
    "ignores a forged cookie: %j",
    async (value) => {
      const { formNotice } = await load();
      expect(formNotice(PATH).open(value)).toBeNull();
    },
  );

  test("fits into a cookie, however long the typed text is (RFC 6265 §6.1)", async () => {
    const { formNotice, cutTyped } = await load();
    const names = ["email", "given_name", "family_name", "country"];
    const form = new URLSearchParams(names.map((name) => [name, "語".repeat(5_000)]));
    form.set("email", "x".repeat(5_000));
    form.set("country", "x".repeat(5_000));
    const fieldErrors = Object.fromEntries(
      [...names, "password"].map((name) => [name, "Choose another password: this one is too common"]),
    );
    expect(
      formNotice(PATH).seal({ tone: "error", typed: cutTyped(form, names), fieldErrors }).length,
    ).toBeLessThan(4_096);
  });
});
