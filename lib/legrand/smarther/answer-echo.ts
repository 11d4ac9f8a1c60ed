import { readBody } from "#lib/http/read-parameters.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";

const BODY_LIMIT_BYTES = 64 * 1024;
/** Types that no browser takes for a page; any other comes back as bytes. */
const ECHOED_TYPES = /^(?:application\/json|application\/x-www-form-urlencoded|text\/plain)\b/i;

/** Answers what was sent, as Legrand's own "Try it" does (Works with Legrand, Echo API). Throws `UnreadableRequestError` for too large a body. */
export async function answerEcho(_access: Access, _parameters: Record<string, string>, request: Request): Promise<Response> {
  const type = request.headers.get("content-type") ?? "";
  return new Response(await readBody(request, BODY_LIMIT_BYTES), {
    headers: {
      "content-type": ECHOED_TYPES.test(type) ? type : "application/octet-stream",
      "x-content-type-options": "nosniff", "content-security-policy": "default-src 'none'; sandbox", "cache-control": "no-store",
    },
  });
}
