import { readMetadata } from "#lib/connect/cloud/read-metadata.ts";
import { env } from "#lib/env.ts";

/** Where tokens are given back: at `url`; nowhere (`none`: the server documents no such endpoint); or nobody can tell now (`unreachable`). */
export type RevocationEndpoint = { found: "url"; url: string } | { found: "none" } | { found: "unreachable" };

/**
 * Asks the authorization server's metadata for its revocation endpoint (RFC 8414 §2), at the usual address and, as the real
 * cloud has it, below the client_id. Metadata of another token endpoint counts as none, and so do a redirect, which leads to some page
 * and not to metadata, and an endpoint that would get the tokens in the clear on another host.
 */
export async function findRevocationEndpoint(timeoutMs?: number): Promise<RevocationEndpoint> {
  const { authorizeUrl, clientId, issuer: pinned } = env().legrand;
  const issuer = pinned?.replace(/\/$/, "") ?? authorizeUrl.replace(/\/authorize$/, "");
  const usual = await findBelow(issuer, timeoutMs);
  return usual.found === "none" ? findBelow(`${issuer}/${clientId}`, timeoutMs) : usual;
}

async function findBelow(base: string, timeoutMs: number | undefined): Promise<RevocationEndpoint> {
  const metadata = await readMetadata(base, timeoutMs);
  if (typeof metadata === "string") return { found: metadata };
  const url = metadata.token_endpoint === env().legrand.tokenUrl ? metadata.revocation_endpoint : undefined;
  return url && isConfidential(url) ? { found: "url", url } : { found: "none" };
}

const isConfidential = (url: string) => url.startsWith("https:") || new URL(url).origin === new URL(env().legrand.tokenUrl).origin;
