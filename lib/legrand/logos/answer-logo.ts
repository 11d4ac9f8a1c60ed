import { findDrawing } from "#lib/legrand/logos/store.ts";

const FILE = /^([\da-f]{64})-(64|128|256)\.png$/;

/** Opened directly, a logo is only an image: no script, no frame, no origin. */
const HEADERS = {
  "content-type": "image/png",
  "content-security-policy": "default-src 'none'; sandbox",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
  // The address contains the digest of the content, so another picture has another address.
  "cache-control": "public, max-age=31536000, immutable",
};

/**
 * Answers with the logo of that file name, with 304 if the client already has it, or with 404 in JSON if it
 * does not exist.
 */
export async function answerLogo(file: string, ifNoneMatch: string | null): Promise<Response> {
  const [name, digest, size] = FILE.exec(file) ?? [];
  const content = digest ? await findDrawing(digest, Number(size)) : null;
  if (!content)
    return Response.json(
      { error: "not_found", error_description: "Logo not found." },
      { status: 404, headers: { "cache-control": "no-store" } },
    );
  const headers = { ...HEADERS, etag: `"${name}"` };
  const isKnown = ifNoneMatch?.split(",").some((tag) => tag.trim().replace(/^W\//, "") === headers.etag);
  return isKnown
    ? new Response(null, { status: 304, headers })
    : new Response(content, { headers: { ...headers, "content-length": String(content.length) } });
}
