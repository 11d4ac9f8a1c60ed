import { isRecord, readJson } from "#lib/connect/cloud/read-json.ts";
import { noticeTokens } from "#lib/connect/problems/problem.ts";

const LIMIT_BYTES = 64 * 1024;
const BODILESS = [204, 205, 304];
/** Headers that describe the original body. They are dropped because the body is written again. */
const OF_BODY = ["content-encoding", "content-length", "transfer-encoding"];

/**
 * Wraps the `fetch` function `ask`, so that `noticingProblems` knows which tokens were received. Looks only
 * at POST, which next-auth sends only to the token endpoint. Reads at most 64 KB of such an answer. A longer
 * body, or one that is not JSON, is passed on as an empty body.
 */
export function noticingTokens(ask: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await ask(input, init);
    if (init?.method !== "POST") return response;
    const body = await readJson(response, LIMIT_BYTES);
    if (isRecord(body))
      noticeTokens({
        accessToken: textOf(body.access_token),
        refreshToken: textOf(body.refresh_token),
        idToken: textOf(body.id_token),
      });
    const { status } = response;
    const headers = new Headers([...response.headers].filter(([name]) => !OF_BODY.includes(name)));
    return new Response(BODILESS.includes(status) || body === undefined ? null : JSON.stringify(body), {
      status,
      headers,
    });
  };
}

const textOf = (value: unknown) => (typeof value === "string" && value ? value : null);
