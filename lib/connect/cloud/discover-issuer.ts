import { now } from "#lib/clock.ts";
import { readMetadata } from "#lib/connect/cloud/read-metadata.ts";
import { env } from "#lib/env.ts";

const RETRY_AFTER_MS = 60_000;
let cached: { issuer: string | null; until: number } | undefined;

/**
 * Returns the issuer behind the configured endpoints. Returns null if it is not an OpenID provider that
 * Connect can verify; as far as we know, that is the case for the real cloud.
 *
 * The issuer of the sandbox is known. Another issuer is looked up once, or again after a minute if that
 * failed. The lookup uses `LEGRAND_ISSUER`, or the URL that the authorization endpoint suggests. The metadata
 * has to name the configured endpoints (OpenID Connect Discovery §4.3).
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

/**
 * Returns the value that `iss` must have in an authorization response (RFC 9207 §2.4). This is the issuer
 * that was discovered, or the one that `LEGRAND_ISSUER` pins. Returns null if Connect knows neither; in that
 * case `iss` is ignored.
 */
export async function findExpectedIss(): Promise<string | null> {
  return (await findIssuer()) ?? env().legrand.issuer ?? null;
}

async function ask(): Promise<string | null> {
  const { authorizeUrl, tokenUrl, issuer: pinned } = env().legrand;
  const issuer = pinned ?? authorizeUrl.replace(/\/authorize$/, "");
  const metadata = await readMetadata(issuer.replace(/\/$/, ""));
  if (typeof metadata === "string") return null;
  const agrees =
    metadata.issuer === issuer &&
    metadata.authorization_endpoint === authorizeUrl &&
    metadata.token_endpoint === tokenUrl;
  return agrees ? issuer : null;
}
