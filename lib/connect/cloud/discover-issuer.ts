import { now } from "#lib/clock.ts";
import { readMetadata } from "#lib/connect/cloud/read-metadata.ts";
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
  const metadata = await readMetadata(issuer);
  if (typeof metadata === "string") return null;
  const agrees = metadata.issuer === issuer && metadata.authorization_endpoint === authorizeUrl && metadata.token_endpoint === tokenUrl;
  return agrees ? issuer : null;
}
