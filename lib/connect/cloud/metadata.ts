import { z } from "zod";

import { now } from "#lib/clock.ts";
import { cloudFetch } from "#lib/connect/cloud/cloud-fetch.ts";
import { readCloudJson } from "#lib/connect/cloud/read-cloud-json.ts";
import { env } from "#lib/env.ts";

const TIMEOUT_MS = 5_000;
const LIMIT_BYTES = 64 * 1024;
/** After a failed lookup of the issuer, the next one is made after this time. */
const RETRY_AFTER_MS = 60_000;

/**
 * The result of looking up an endpoint of the authorization server. `url`: found. `none`: the server
 * documents no such endpoint. `unreachable`: unknown at present.
 */
export type FoundEndpoint = { found: "url"; url: string } | { found: "none" } | { found: "unreachable" };

/**
 * Endpoints other than the token endpoint to which Connect sends tokens, by their names in the metadata (RFC
 * 8414 §2).
 */
type TokenReceiver = "revocation_endpoint" | "introspection_endpoint";

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

let cachedIssuer: { issuer: string | null; until: number } | undefined;

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
  if (!cachedIssuer || cachedIssuer.until < now().getTime()) {
    const issuer = await discoverIssuer();
    cachedIssuer = { issuer, until: issuer ? Infinity : now().getTime() + RETRY_AFTER_MS };
  }
  return cachedIssuer.issuer;
}

/**
 * Returns the value that `iss` must have in an authorization response (RFC 9207 §2.4). This is the issuer
 * that was discovered, or the one that `LEGRAND_ISSUER` pins. Returns null if Connect knows neither; in that
 * case `iss` is ignored.
 */
export async function findExpectedIss(): Promise<string | null> {
  return (await findIssuer()) ?? env().legrand.issuer ?? null;
}

async function discoverIssuer(): Promise<string | null> {
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

const metadataSchema = z.object({
  issuer: z.string().optional(),
  authorization_endpoint: z.string().optional(),
  token_endpoint: z.string(),
  revocation_endpoint: z.url().optional().catch(undefined),
  introspection_endpoint: z.url().optional().catch(undefined),
});

/** The parts of an authorization server's metadata that Connect uses (RFC 8414 §2). */
type Metadata = z.infer<typeof metadataSchema>;

/**
 * Reads the metadata below a base URL. Returns `none` if there is no readable metadata; a redirect counts as
 * none, because it leads to a web page and not to metadata. Returns `unreachable` if the answer is unknown at
 * present, because the server times out, breaks the connection, fails, or asks us to wait.
 */
async function readMetadata(
  base: string,
  timeoutMs = TIMEOUT_MS,
): Promise<Metadata | "none" | "unreachable"> {
  try {
    const response = await cloudFetch(`${base}/.well-known/openid-configuration`, {
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status === 429 || response.status >= 500) return "unreachable";
    const metadata = metadataSchema.safeParse(
      response.ok ? await readCloudJson(response, LIMIT_BYTES) : null,
    );
    return metadata.success ? metadata.data : "none";
  } catch {
    return "unreachable";
  }
}
