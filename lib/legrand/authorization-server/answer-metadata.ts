import { askLibrary, toResponse, withJson } from "#lib/legrand/authorization-server/bridge.ts";
import { ENDPOINTS } from "#lib/legrand/authorization-server/endpoints.ts";
import { getAuthorizationServer, type LibraryAnswer } from "#lib/legrand/authorization-server/provider.ts";
import type { ReadRequest } from "#lib/legrand/authorization-server/read-request.ts";

const DOCUMENTS: readonly string[] = [ENDPOINTS.discovery, ENDPOINTS.metadata, ENDPOINTS.jwks];

/** True if a request reads the metadata or the keys. */
export function asksForMetadata({ path, method }: ReadRequest): boolean {
  return DOCUMENTS.includes(path) && (method === "GET" || method === "HEAD");
}

/**
 * Answers with the metadata (RFC 8414 §3, OpenID Connect Discovery §4) or with the keys (RFC 7517 §5). After the
 * first time, it answers from memory. The answer is the same for every caller, except that it names the
 * caller's origin (Fetch §3.2.3).
 */
export async function answerMetadata(request: ReadRequest): Promise<Response> {
  const { metadata } = await getAuthorizationServer();
  const document = metadata.get(request.path) ?? (await ask(request));
  if (document.status === 200) metadata.set(request.path, document);
  const origin = request.headers.get("origin") || "*";
  return toResponse({
    ...document,
    headers: { ...document.headers, "access-control-allow-origin": origin },
  });
}

async function ask(request: ReadRequest): Promise<LibraryAnswer> {
  const answer = await askLibrary(request);
  const body = answer.body as Record<string, unknown>;
  if (answer.status !== 200) return answer;
  return request.path === ENDPOINTS.jwks
    ? { ...answer, body: JSON.stringify(body) }
    : withJson(answer, JSON.stringify({ ...body, response_modes_supported: ["query"] }));
}
