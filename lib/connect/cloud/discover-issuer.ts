import { now } from "#lib/clock.ts";
import { env } from "#lib/env.ts";

const RETRY_AFTER_MS = 60_000;
let cached: { issuer: string | null; until: number } | undefined;

/**
 * The issuer behind the configured endpoints, or null when it is no OpenID provider that we can verify: the real cloud, so
 * far as anybody knows. The sandbox's is known; another's is asked once, at the address that its authorization endpoint
 * suggests, and has to name the configured endpoints (OpenID Connect Discovery §4.3).
 */
export async function findIssuer(): Promise<string | null> {
  const { sandbox } = env();
  if (sandbox) return sandbox.issuer;
  if (!cached || cached.until < now().getTime()) {
    const issuer = await ask();
    cached = { issuer, until: issuer ? Infinity : now().getTime() + RETRY_AFTER_MS };
  }
  return cached.issuer;
}

async function ask(): Promise<string | null> {
  const { authorizeUrl, tokenUrl } = env().legrand;
  const issuer = authorizeUrl.replace(/\/authorize$/, "");
  try {
    const response = await fetch(`${issuer}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(5_000), redirect: "error" });
    const metadata = (await response.json()) as Record<string, unknown>;
    const agrees = metadata.issuer === issuer && metadata.authorization_endpoint === authorizeUrl && metadata.token_endpoint === tokenUrl;
    return agrees ? issuer : null;
  } catch {
    return null;
  }
}
