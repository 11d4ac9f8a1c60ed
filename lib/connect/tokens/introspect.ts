import { now } from "#lib/clock.ts";
import { cloudFetch } from "#lib/connect/cloud/cloud-fetch.ts";
import { findEndpoint, type FoundEndpoint } from "#lib/connect/cloud/metadata.ts";
import { isRecord, readCloudJson } from "#lib/connect/cloud/read-cloud-json.ts";
import { readScopes } from "#lib/connect/tokens/parse-token-response.ts";
import { env } from "#lib/env.ts";

/** Kept short because a page waits for the answer. */
const TIMEOUT_MS = 3_000;
const LIMIT_BYTES = 64 * 1024;
/** How long the endpoint from the metadata is cached, and the delay after a server did not answer. */
const REMEMBERED_MS = { known: 10 * 60_000, unreachable: 60_000 };

/**
 * What the authorization server says about an access token (RFC 7662 §2.2). `scopes` and `subject` are null
 * if the answer does not contain them.
 */
export type Introspection = { isActive: boolean; scopes: string[] | null; subject: string | null };

let remembered: { endpoint: FoundEndpoint; until: number } | undefined;

/**
 * Asks the authorization server about an access token (RFC 7662). Returns null if the server offers no
 * introspection or gives no usable answer.
 */
export async function introspect(accessToken: string): Promise<Introspection | null> {
  const endpoint = await findIntrospectionEndpoint();
  if (endpoint.found !== "url") return null;
  const { clientId, clientSecret } = env().legrand;
  try {
    const response = await cloudFetch(endpoint.url, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { accept: "application/json" },
      body: new URLSearchParams({
        token: accessToken,
        token_type_hint: "access_token",
        client_id: clientId,
        client_secret: clientSecret,
      }),
    });
    return response.status === 200 ? parseIntrospection(await readCloudJson(response, LIMIT_BYTES)) : null;
  } catch {
    return null;
  }
}

async function findIntrospectionEndpoint(): Promise<FoundEndpoint> {
  if (remembered && remembered.until > now().getTime()) return remembered.endpoint;
  const endpoint = await findEndpoint("introspection_endpoint", TIMEOUT_MS);
  remembered = {
    endpoint,
    until: now().getTime() + REMEMBERED_MS[endpoint.found === "unreachable" ? "unreachable" : "known"],
  };
  return endpoint;
}

function parseIntrospection(body: unknown): Introspection | null {
  if (!isRecord(body) || typeof body.active !== "boolean") return null;
  return {
    isActive: body.active,
    scopes: readScopes(body.scope),
    subject: typeof body.sub === "string" && body.sub ? body.sub : null,
  };
}
