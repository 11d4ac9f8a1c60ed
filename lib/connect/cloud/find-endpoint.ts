import { readMetadata } from "#lib/connect/cloud/read-metadata.ts";
import { env } from "#lib/env.ts";

/**
 * The result of looking up an endpoint of the authorization server. `url`: found. `none`: the server
 * documents no such endpoint. `unreachable`: unknown at present.
 */
export type FoundEndpoint = { found: "url"; url: string } | { found: "none" } | { found: "unreachable" };

/**
 * Endpoints other than the token endpoint to which Connect sends tokens, by their names in the metadata (RFC
 * 8414 §2).
 */
export type TokenReceiver = "revocation_endpoint" | "introspection_endpoint";

/**
 * Looks up an endpoint in the authorization server's metadata (RFC 8414 §2). Tries the usual URL, then the
 * URL below the client_id, as the real cloud has it. Returns `none` in these cases:
 *
 * - The metadata names another token endpoint.
 * - The answer is a redirect, which leads to a web page and not to metadata.
 * - The endpoint would receive the tokens unencrypted on another host.
 */
export async function findEndpoint(name: TokenReceiver, timeoutMs?: number): Promise<FoundEndpoint> {
  const { authorizeUrl, clientId, issuer: pinned } = env().legrand;
  const issuer = pinned?.replace(/\/$/, "") ?? authorizeUrl.replace(/\/authorize$/, "");
  const usual = await findBelow(issuer, name, timeoutMs);
  return usual.found === "none" ? findBelow(`${issuer}/${clientId}`, name, timeoutMs) : usual;
}

async function findBelow(
  base: string,
  name: TokenReceiver,
  timeoutMs: number | undefined,
): Promise<FoundEndpoint> {
  const metadata = await readMetadata(base, timeoutMs);
  if (typeof metadata === "string") return { found: metadata };
  const url = metadata.token_endpoint === env().legrand.tokenUrl ? metadata[name] : undefined;
  return url && isConfidential(url) ? { found: "url", url } : { found: "none" };
}

const isConfidential = (url: string) =>
  url.startsWith("https:") || new URL(url).origin === new URL(env().legrand.tokenUrl).origin;
