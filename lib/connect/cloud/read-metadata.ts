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

/** What an authorization server says of itself, as far as Connect asks (RFC 8414 §2). */
export type Metadata = z.infer<typeof metadataSchema>;

/**
 * The metadata below that address. `none`: there is none that can be read; a redirect leads to some page and
 * not to metadata.
 * `unreachable`: nobody can tell now, because the server does not answer in time, breaks off, fails, or asks us to wait.
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
