import { readMetadata } from "#lib/connect/cloud/read-metadata.ts";
import { env } from "#lib/env.ts";

/**
 * An endpoint of the authorization server: at `url`; `none`: the server documents no such endpoint;
 * `unreachable`: not known at present.
 */
export type FoundEndpoint = { found: "url"; url: string } | { found: "none" } | { found: "unreachable" };

/**
 * Endpoints to which Connect sends tokens beside the token endpoint, as the metadata names them (RFC 8414
 * §2).
 */
export type TokenReceiver = "revocation_endpoint" | "introspection_endpoint";

/**
 * Asks the authorization server's metadata for an endpoint (RFC 8414 §2), at the usual address and, as the
 * real cloud has it, below the client_id. Metadata of another token endpoint counts as none, and so do a
 * redirect, which leads to some page and not to metadata, and an endpoint that would get the tokens in the
 * clear on another host.
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
