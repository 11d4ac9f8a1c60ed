import { z } from "zod";

import { cloudFetch } from "#lib/connect/cloud/cloud-fetch.ts";
import { readJson } from "#lib/connect/cloud/read-json.ts";

const TIMEOUT_MS = 5_000;
const LIMIT_BYTES = 64 * 1024;

const metadataSchema = z.object({
  issuer: z.string().optional(),
  authorization_endpoint: z.string().optional(),
  token_endpoint: z.string(),
  revocation_endpoint: z.url().optional().catch(undefined),
  introspection_endpoint: z.url().optional().catch(undefined),
});

/** The parts of an authorization server's metadata that Connect uses (RFC 8414 §2). */
export type Metadata = z.infer<typeof metadataSchema>;

/**
 * Reads the metadata below a base URL. Returns `none` if there is no readable metadata; a redirect counts as
 * none, because it leads to a web page and not to metadata. Returns `unreachable` if the answer is unknown at
 * present, because the server times out, breaks the connection, fails, or asks us to wait.
 */
export async function readMetadata(
  base: string,
  timeoutMs = TIMEOUT_MS,
): Promise<Metadata | "none" | "unreachable"> {
  try {
    const response = await cloudFetch(`${base}/.well-known/openid-configuration`, {
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status === 429 || response.status >= 500) return "unreachable";
    const metadata = metadataSchema.safeParse(response.ok ? await readJson(response, LIMIT_BYTES) : null);
    return metadata.success ? metadata.data : "none";
  } catch {
    return "unreachable";
  }
}
