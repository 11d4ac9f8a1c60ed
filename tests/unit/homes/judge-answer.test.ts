import { expect, test } from "vitest";

import { judgeAnswer } from "#lib/connect/homes/judge-answer.ts";

const NOW = new Date("2026-11-23T12:00:00Z");
const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

function judge(status: number, message = "", headers: Record<string, string> = {}) {
  return judgeAnswer(
    { status, headers: new Headers(headers), body: message ? { statusCode: status, message } : null },
    "comfort.read",
    NOW,
  );
}

test.each([
  [
    "a missing subscription key",
    judge(401, "Access denied due to missing subscription key. Make sure to include it."),
    { reason: "key_refused" },
  ],
  [
    "a wrong subscription key",
    judge(401, "Access denied due to invalid subscription key."),
    { reason: "key_refused" },
  ],
  [
    "a token that is not taken, by the challenge (RFC 6750 §3.1)",
    judge(401, "", { "www-authenticate": 'Bearer error="invalid_token"' }),
    "token_refused",
  ],
  [
    "a scope that is missing, named (RFC 6750 §3)",
    judge(403, "no", { "www-authenticate": 'Bearer error="insufficient_scope", scope="comfort.write"' }),
    { reason: "missing_scope", scope: "comfort.write" },
  ],
  [
    "a scope that is missing, not named: the one that the operation needs",
    judge(403, "no", { "www-authenticate": 'Bearer error="insufficient_scope"' }),
    { reason: "missing_scope", scope: "comfort.read" },
  ],
  ["a 403 that says nothing takes no scope away", judge(403), { reason: "refused" }],
  [
    "a quota, its end in the sentence",
    judge(403, "Out of call volume quota. Quota will be replenished in 05:12:33."),
    { reason: "quota_used_up", until: inSeconds(5 * 3600 + 12 * 60 + 33) },
  ],
  [
    "a quota, its end in the header",
    judge(403, "Out of call volume quota.", { "retry-after": "60" }),
    { reason: "quota_used_up", until: inSeconds(60) },
  ],
  [
    "a quota without an end",
    judge(403, "Out of call volume quota."),
    { reason: "quota_used_up", until: null },
  ],
  [
    "too many calls",
    judge(429, "Rate limit is exceeded. Try again in 7 seconds."),
    { reason: "rate_limited", until: inSeconds(7) },
  ],
  [
    "too many calls, until a date (RFC 9110 §10.2.3)",
    judge(429, "", { "retry-after": "Mon, 23 Nov 2026 12:01:00 GMT" }),
    { reason: "rate_limited", until: inSeconds(60) },
  ],
  ["a gateway that is offline", judge(404, "Gateway offline"), { reason: "gateway_offline" }],
  ["an id that does not exist", judge(404, "Resource not found"), { reason: "not_found" }],
  ["a gateway that did not reach the module", judge(408), { reason: "gateway_timeout" }],
  ["wrong parameters", judge(430), { reason: "wrong_parameters" }],
  ["the password of the official app", judge(469), { reason: "terms" }],
  ["the terms of the official app", judge(470), { reason: "terms" }],
  ["a fault of theirs", judge(503), { reason: "unreachable" }],
  ["no answer", judgeAnswer(null, "comfort.read", NOW), { reason: "unreachable" }],
  ["a redirect, which is not followed", judge(302), { reason: "unusable" }],
  [
    "HTML in place of JSON",
    judgeAnswer({ status: 200, headers: new Headers(), body: undefined }, "comfort.read", NOW),
    { reason: "unusable" },
  ],
  [
    "a refusal in HTML",
    judgeAnswer({ status: 400, headers: new Headers(), body: undefined }, "comfort.read", NOW),
    { reason: "refused" },
  ],
])("%s", (_answer, judged, problem) => expect(judged).toEqual({ ok: false, problem }));

test("204 is a success without a body", () => expect(judge(204)).toEqual({ ok: true, value: null }));

test.each([
  [400, { reason: "wrong_parameters" }],
  [406, { reason: "product_unreachable" }],
  [404, { reason: "not_found" }],
])("%i of the Home + Control API, which puts the problem into a list", (status, problem) => {
  const body = {
    errors: [{ userMessage: "…", internalMessage: "The module is not reachable", code: status }],
  };
  expect(judgeAnswer({ status, headers: new Headers(), body }, "light.write", new Date())).toEqual({
    ok: false,
    problem,
  });
});
