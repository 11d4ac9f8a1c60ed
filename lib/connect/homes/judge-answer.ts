import { isRecord } from "#lib/connect/cloud/read-cloud-json.ts";
import { parseRetryAfter } from "#lib/connect/cloud/back-off.ts";
import type { HomesProblem } from "#lib/connect/homes/home.ts";

/** An answer of the API. `body` is parsed JSON: undefined if it was not JSON, null if it was empty. */
export type ApiAnswer = { status: number; headers: Headers; body: unknown };

/** The meaning of an answer: its body, a refused token (RFC 6750 §3.1), or a problem. */
export type Judgement = { ok: true; value: unknown } | { ok: false; problem: HomesProblem | "token_refused" };

const BY_STATUS: Record<number, HomesProblem> = {
  406: { reason: "product_unreachable" },
  408: { reason: "gateway_timeout" },
  430: { reason: "wrong_parameters" },
  469: { reason: "terms" },
  470: { reason: "terms" },
};

/**
 * Classifies an answer by what Legrand's pages and clients say about its errors (LEGRAND, Smarther API v2.0,
 * Errors). `scope` is what the operation needs; it is used if a refusal does not name the scope (RFC 6750
 * §3).
 */
export function judgeAnswer(answer: ApiAnswer | null, scope: string, now: Date): Judgement {
  if (!answer || answer.status >= 500) return problem({ reason: "unreachable" });
  const { status, body } = answer;
  if (status >= 200 && status < 300)
    return body === undefined ? problem({ reason: "unusable" }) : { ok: true, value: body };
  if (status < 400) return problem({ reason: "unusable" });
  const message = messageOf(body);
  if (status === 401)
    return /subscription key/i.test(message)
      ? problem({ reason: "key_refused" })
      : { ok: false, problem: "token_refused" };
  if (status === 403) return problem(judgeRefusal(answer.headers, message, scope, now));
  if (status === 404) return problem({ reason: /gateway/i.test(message) ? "gateway_offline" : "not_found" });
  if (status === 429)
    return problem({ reason: "rate_limited", until: findUntil(answer.headers, message, now) });
  // Without the API's own list of errors, the answer comes from a proxy.
  if (status === 400 && isRecord(body) && Array.isArray(body.errors))
    return problem({ reason: "wrong_parameters" });
  return problem(BY_STATUS[status] ?? { reason: "refused" });
}

const problem = (what: HomesProblem): Judgement => ({ ok: false, problem: what });

function judgeRefusal(headers: Headers, message: string, needed: string, now: Date): HomesProblem {
  if (/quota/i.test(message)) return { reason: "quota_used_up", until: findUntil(headers, message, now) };
  const challenge = headers.get("www-authenticate") ?? "";
  if (!/error="?insufficient_scope/i.test(challenge)) return { reason: "refused" };
  return { reason: "missing_scope", scope: /scope="([\w.]+)"/.exec(challenge)?.[1] ?? needed };
}

function messageOf(body: unknown): string {
  const { message, error, errors } = isRecord(body) ? body : {};
  // Some clouds put the message one level deeper, and the Home + Control API puts it into a list.
  const listed: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const said =
    message ??
    (isRecord(listed) ? listed.internalMessage : undefined) ??
    (isRecord(error) ? error.message : error);
  return typeof said === "string" ? said : "";
}

/** Reads the time from `Retry-After`, or from the sentence: "in 05:12:33", "in 7 seconds". */
function findUntil(headers: Headers, message: string, now: Date): Date | null {
  const seconds = parseRetryAfter(headers.get("retry-after"), now) ?? findSeconds(message);
  return seconds === null ? null : new Date(now.getTime() + seconds * 1000);
}

function findSeconds(message: string): number | null {
  const [, hours, minutes, seconds, plain] =
    /(?:(\d{1,3}):(\d\d):(\d\d))|(?:in (\d{1,6}) seconds?)/i.exec(message) ?? [];
  if (plain) return Number(plain);
  return hours ? Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) : null;
}
