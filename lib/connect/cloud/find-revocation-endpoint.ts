import { z } from "zod";

import { env } from "#lib/env.ts";

const TIMEOUT_MS = 10_000;

/** Where tokens are given back: at `url`; nowhere (`none`: the server documents no such endpoint); or nobody can tell now (`unreachable`). */
export type RevocationEndpoint = { found: "url"; url: string } | { found: "none" } | { found: "unreachable" };

const metadataSchema = z.object({ token_endpoint: z.string(), revocation_endpoint: z.url().optional() });

/**
 * Asks the authorization server's metadata for its revocation endpoint (RFC 8414 §2), at the usual address and, as the real
 * cloud has it, below the client_id. Metadata of another token endpoint counts as none, and so do a redirect, which leads to some page
 * and not to metadata, and an endpoint that would get the tokens in the clear on another host.
 */
export async function findRevocationEndpoint(timeoutMs = TIMEOUT_MS): Promise<RevocationEndpoint> {
  const { authorizeUrl, clientId } = env().legrand;
  const issuer = authorizeUrl.replace(/\/authorize$/, "");
  const usual = await readMetadata(issuer, timeoutMs);
  return usual.found === "none" ? readMetadata(`${issuer}/${clientId}`, timeoutMs) : usual;
}

async function readMetadata(base: string, timeoutMs: number): Promise<RevocationEndpoint> {
  try {
    const response = await fetch(`${base}/.well-known/openid-configuration`, { redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
    if (response.status === 429 || response.status >= 500) return { found: "unreachable" };
    const metadata = metadataSchema.safeParse(response.ok ? await response.json().catch(() => null) : null);
    const url = metadata.success && metadata.data.token_endpoint === env().legrand.tokenUrl ? metadata.data.revocation_endpoint : undefined;
    return url && isConfidential(url) ? { found: "url", url } : { found: "none" };
  } catch {
    return { found: "unreachable" };
  }
}

const isConfidential = (url: string) => url.startsWith("https:") || new URL(url).origin === new URL(env().legrand.tokenUrl).origin;
