import { z } from "zod";

import { now } from "#lib/clock.ts";
import { readCloudJson } from "#lib/connect/cloud/read-cloud-json.ts";

const PATH = "/.well-known/openid-configuration";
const LIFETIME_MS = 10 * 60_000;
/** More than enough, because Connect has one issuer at a time. */
const MOST_CACHED = 10;
const LIMIT_BYTES = 64 * 1024;

/**
 * The members that a sign-in needs. An answer without them must not be cached, because every use of it would
 * fail.
 */
const usableSchema = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  jwks_uri: z.string(),
});

type CachedAnswer = { body: string; until: number };

/**
 * Wraps the `fetch` function `ask` in a cache for discovery (OpenID Connect Discovery §4) that lasts ten
 * minutes. Caches at most ten answers, and only those that are usable and name the issuer that was asked
 * (§4.3), so that the next call after a failure asks again. All other requests go to `ask`.
 */
export function cacheDiscovery(ask: typeof fetch): typeof fetch {
  const cache = new Map<string, CachedAnswer>();
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if ((init?.method ?? "GET") !== "GET" || input instanceof Request || !url.endsWith(PATH))
      return ask(input, init);
    const known = cache.get(url);
    if (known && known.until > now().getTime()) return answer(known.body);
    const response = await ask(input, init);
    if (response.status !== 200) return response;
    const found = await readCloudJson(response, LIMIT_BYTES);
    if (isUsable(found, url)) store(cache, url, JSON.stringify(found));
    return answer(JSON.stringify(found ?? null));
  };
}

const answer = (body: string) => new Response(body, { headers: { "content-type": "application/json" } });

function isUsable(found: unknown, url: string): boolean {
  const { success, data } = usableSchema.safeParse(found);
  return success && `${data.issuer.replace(/\/$/, "")}${PATH}` === url;
}

function store(cache: Map<string, CachedAnswer>, url: string, body: string): void {
  cache.delete(url);
  if (cache.size >= MOST_CACHED) cache.delete(cache.keys().next().value!);
  cache.set(url, { body, until: now().getTime() + LIFETIME_MS });
}
