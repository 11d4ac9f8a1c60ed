import type { IncomingRequest } from "#lib/http/incoming-request.ts";
import { readBody, UnreadableRequestError } from "#lib/http/read-body.ts";
import { answerRefusal } from "#lib/legrand/smarther/answers.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";

const BODY_LIMIT_BYTES = 64 * 1024;
/** Types that no browser treats as a page. Any other body is returned as bytes. */
const ECHOED_TYPES = /^(?:application\/json|application\/x-www-form-urlencoded|text\/plain)\b/i;

/**
 * Answers with what was sent, as Legrand's own "Try it" does (Works with Legrand, Echo API), or with 430 if
 * the body is larger than 64 KB.
 */
export async function answerEcho(
  _access: Access,
  _parameters: Record<string, string>,
  request: IncomingRequest,
): Promise<Response> {
  const type = request.headers.get("content-type") ?? "";
  const body = await readBody(request, BODY_LIMIT_BYTES).catch((error: unknown) => {
    if (error instanceof UnreadableRequestError) return null;
    throw error;
  });
  if (!body)
    return answerRefusal(430, `Wrong parameters: the body is larger than ${BODY_LIMIT_BYTES / 1024} KB`);
  return new Response(body, {
    headers: {
      "content-type": ECHOED_TYPES.test(type) ? type : "application/octet-stream",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "no-store",
    },
  });
}
