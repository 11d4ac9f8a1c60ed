import { readMetadata } from "#lib/connect/cloud/read-metadata.ts";
import { env } from "#lib/env.ts";

/** Where tokens are given back: at `url`; nowhere (`none`: the server documents no such endpoint); or nobody can tell now (`unreachable`). */
export type RevocationEndpoint = { found: "url"; url: string } | { found: "none" } | { found: "unreachable" };

/**
 * Asks the authorization server's metadata for its revocation endpoint (RFC 8414 §2), at the usual address and, as the real
 * cloud has it, below the client_id. Metadata of another token endpoint counts as none, and so does an endpoint that would
 * get the tokens in the clear on another host.
 */
export async function findRevocationEndpoint(): Promise<RevocationEndpoint> {
  const { authorizeUrl, clientId } = env().legrand;
  const issuer = authorizeUrl.replace(/\/authorize$/, "");
  const usual = await findBelow(issuer);
  return usual.found === "none" ? findBelow(`${issuer}/${clientId}`) : usual;
}

async function findBelow(base: string): Promise<RevocationEndpoint> {
  const metadata = await readMetadata(base);
  if (typeof metadata === "string") return { found: metadata };
  const url = metadata.token_endpoint === env().legrand.tokenUrl ? metadata.revocation_endpoint : undefined;
  return url && isConfidential(url) ? { found: "url", url } : { found: "none" };
}

const isConfidential = (url: string) => url.startsWith("https:") || new URL(url).origin === new URL(env().legrand.tokenUrl).origin;
