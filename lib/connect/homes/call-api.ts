import { cloudFetch } from "#lib/connect/cloud/cloud-fetch.ts";
import { readJson } from "#lib/connect/cloud/read-json.ts";
import { env } from "#lib/env.ts";

const TIMEOUT_MS = 10_000;
/** Enough for a topology of some thousand products. */
const BODY_LIMIT_BYTES = 1024 * 1024;

/** An answer of the API. `body` is parsed JSON: undefined if it was not JSON, null if it was empty. */
export type ApiAnswer = { status: number; headers: Headers; body: unknown };

/** An API of Legrand: Smarther API v2.0 or Home + Control API v1.0. */
export type ApiName = "smarther" | "homeControl";

/**
 * Calls an operation of an API with this access token and Connect's subscription key. Sends a POST if there
 * is a `body`, otherwise a GET. Returns null if no complete answer arrives within ten seconds, or within
 * `leftMs` if that is less. Does not follow redirects, because the token is meant for this host only.
 */
export async function callApi(
  accessToken: string,
  { api, path }: { api: ApiName; path: string },
  leftMs: number,
  body?: unknown,
): Promise<ApiAnswer | null> {
  const { apiUrl, homeControlUrl, subscriptionKey } = env().legrand;
  const base = api === "smarther" ? apiUrl : homeControlUrl;
  if (leftMs < 1 || base === null) return null;
  try {
    const response = await cloudFetch(base + path, {
      method: body === undefined ? "GET" : "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(Math.min(Math.floor(leftMs), TIMEOUT_MS)),
      headers: {
        accept: "application/json",
        authorization: `Bearer ${accessToken}`,
        ...(subscriptionKey ? { "ocp-apim-subscription-key": subscriptionKey } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: await readJson(response, BODY_LIMIT_BYTES),
    };
  } catch {
    return null;
  }
}
