import { digest } from "#lib/crypto/digest.ts";
import { openApiDocument } from "#lib/legrand/openapi/document.ts";

/**
 * Answers with the OpenAPI document, for every caller, from every origin, without a session. A tool that asks
 * again receives 304 if nothing changed (RFC 9110 §13.1.2).
 */
export function answerDocument(issuer: string, ifNoneMatch: string | null): Response {
  const content = JSON.stringify(openApiDocument(issuer), null, 2);
  const headers = {
    "content-type": "application/json",
    "access-control-allow-origin": "*",
    "cache-control": "public, max-age=300",
    etag: `"${digest(content)}"`,
  };
  const isKnown = ifNoneMatch?.split(",").some((tag) => tag.trim().replace(/^W\//, "") === headers.etag);
  return isKnown ? new Response(null, { status: 304, headers }) : new Response(content, { headers });
}
