import { describe, expect, test, vi } from "vitest";

import { describeConnectionProblem } from "#lib/connect/problems/describe-connection-problem.ts";
import { handleAuthError, catchProblem, type ConnectionProblem } from "#lib/connect/problems/problem.ts";
import { LegrandIdentityError } from "#lib/connect/legrand-provider.ts";

/** Does not compile with one name more or fewer than the type. */
const EVERY: Record<ConnectionProblem, true> = {
  denied: true,
  refused_by_legrand: true,
  not_admitted: true,
  stale: true,
  wrong_issuer: true,
  id_token: true,
  not_recognised: true,
  no_home: true,
  linked_to_other_user: true,
  code: true,
  unusable_answer: true,
  unreachable: true,
  failed: true,
  interrupted: true,
};

describe("describes every problem (issue 2: a page that says what happened and offers the next step)", () => {
  test.each(Object.keys(EVERY))("%s", (name) => {
    const described = describeConnectionProblem(name, { isSignedIn: false });
    expect(described).toMatchObject({ code: name, title: expect.stringMatching(/\S/) as string });
    // A code that was used twice may have ended an access, and an interrupted callback may have stored
    // something.
    if (name !== "code" && name !== "interrupted")
      expect(described!.explanation).toContain("Nothing was changed in Connect.");
    expect(["again", "choose"]).toContain(described!.next);
  });

  test("gives each problem its own title", () => {
    expect(
      new Set(Object.keys(EVERY).map((name) => describeConnectionProblem(name, { isSignedIn: false })!.title))
        .size,
    ).toBe(Object.keys(EVERY).length);
  });

  test("a signed-in user goes back to their account after a denial, and signs out to use another user's account", () => {
    expect(describeConnectionProblem("denied", { isSignedIn: true })).toMatchObject({ next: "account" });
    expect(describeConnectionProblem("linked_to_other_user", { isSignedIn: true })).toMatchObject({
      next: "sign_out",
    });
  });

  test.each([undefined, "", "unknown", "__proto__", "constructor", "toString"])(
    "%j is not a problem",
    (name) => {
      expect(describeConnectionProblem(name, { isSignedIn: false })).toBeNull();
    },
  );
});

/** Builds an error as next-auth throws it: its own error, with the original one in the cause. */
const authError = (type: string, err?: Error) =>
  Object.assign(new Error(type, { cause: err ? { err } : {} }), { type });
const tokenError = (error: string) =>
  Object.assign(new Error("server responded with an error in the response body"), { error });

describe("distinguishes the errors that next-auth reports as Configuration", () => {
  test.each<[ConnectionProblem, Error, oauthError?: string]>([
    ["denied", authError("OAuthCallbackError"), "access_denied"],
    ["refused_by_legrand", authError("OAuthCallbackError"), "invalid_scope"],
    ["refused_by_legrand", authError("OAuthCallbackError")],
    ["not_admitted", authError("OAuthCallbackError"), "unauthorized_client"],
    ["not_admitted", authError("CallbackRouteError", tokenError("unauthorized_client"))],
    ["stale", authError("InvalidCheck"), "access_denied"],
    ["linked_to_other_user", authError("OAuthAccountNotLinked")],
    ["stale", authError("InvalidCheck")],
    ["stale", authError("CallbackRouteError", new Error('unexpected "state" response parameter value'))],
    [
      "wrong_issuer",
      authError("CallbackRouteError", new Error('unexpected "iss" (issuer) response parameter value')),
    ],
    ["wrong_issuer", authError("CallbackRouteError", new Error('response parameter "iss" (issuer) missing'))],
    ["code", authError("CallbackRouteError", tokenError("invalid_grant"))],
    ["refused_by_legrand", authError("CallbackRouteError", tokenError("invalid_client"))],
    [
      "id_token",
      authError(
        "CallbackRouteError",
        new LegrandIdentityError("id_token_refused", "the id_token did not verify"),
      ),
    ],
    ["id_token", authError("CallbackRouteError", new Error('unexpected ID Token "nonce" claim value'))],
    [
      "not_recognised",
      authError(
        "CallbackRouteError",
        new LegrandIdentityError("no_id_token", "the token response has no id_token"),
      ),
    ],
    [
      "no_home",
      authError("CallbackRouteError", new LegrandIdentityError("no_plants", "the account has no home")),
    ],
    [
      "unreachable",
      authError("CallbackRouteError", new LegrandIdentityError("plants_refused", "GET /plants answered 503")),
    ],
    ["unreachable", authError("CallbackRouteError", new TypeError("fetch failed"))],
    [
      "unreachable",
      authError(
        "CallbackRouteError",
        new LegrandIdentityError("unavailable", "the token endpoint answered 503"),
      ),
    ],
    [
      "unusable_answer",
      authError("CallbackRouteError", new LegrandIdentityError("token_answer", "the status is 201")),
    ],
    [
      "unusable_answer",
      authError(
        "CallbackRouteError",
        new LegrandIdentityError("plants_unusable", "GET /plants answered no list of homes"),
      ),
    ],
    [
      "unusable_answer",
      authError("CallbackRouteError", new Error('"response" content-type must be application/json')),
    ],
    [
      "unusable_answer",
      authError(
        "SignInError",
        new Error('"response" body "issuer" property does not match the expected value'),
      ),
    ],
    ["failed", authError("AdapterError", new Error("Unique constraint failed"))],
    ["failed", new Error("anything")],
  ])("%s: %s %s", async (problem, error, oauthError) => {
    // Our own errors are logged; this test does not check the log.
    const quiet = vi.spyOn(console, "error").mockImplementation(() => {});
    expect(await catchProblem(oauthError ?? null, async () => handleAuthError(error))).toMatchObject({
      problem,
    });
    quiet.mockRestore();
  });

  test("throws what the database threw, because it is not the person's problem", async () => {
    const outage = Object.assign(new Error("unreachable"), { name: "PrismaClientInitializationError" });
    await expect(
      catchProblem(null, async () => handleAuthError(authError("AdapterError", outage))),
    ).rejects.toBe(outage);
  });

  test("keeps the problems of concurrent requests separate", async () => {
    const [first, second] = await Promise.all([
      catchProblem(null, async () => {
        await Promise.resolve();
        handleAuthError(authError("InvalidCheck"));
      }),
      catchProblem(null, async () => {
        await Promise.resolve();
        return "fine";
      }),
    ]);
    expect([first.problem, second]).toEqual(["stale", { result: "fine", problem: null, issued: null }]);
  });
});
