import { decrypt, encrypt } from "#lib/crypto/encrypt.ts";
import { cutText } from "#lib/graphemes.ts";
import { prefersJson } from "#lib/http/content-negotiation.ts";
import { SHOWN_ERROR_HEADER } from "#lib/http/server-headers.ts";
import type { ShownError } from "#lib/legrand/authorization-server/request-scope.ts";
import { currentRequestId } from "#lib/request-id.ts";

const CONTEXT = "authorization-error";
const VALUE_LIMIT = 2_000;

/** An error as the page receives it. */
export type SealedError = ShownError & {
  requestId: string;
  /** The length of the sent `redirect_uri`, of which `redirectUri` may have only the beginning. */
  redirectUriLength: number;
  /** The query of the authorization request as it arrived, or null for another request. */
  query: string | null;
};

/**
 * Answers with an error that must not be redirected: JSON if the caller prefers it, otherwise a page. An
 * endpoint cannot render a page, so it responds with the encrypted error in a header. Our server then has Next
 * render the error page instead of sending the response (lib/server/front/show-error.ts). `query` is the query of
 * the authorization request, so that its developer can let it run again.
 */
export function answerShownError(
  headers: Headers,
  error: ShownError,
  status: number,
  query: string | null = null,
): Response {
  if (prefersJson(headers.get("accept"))) return toJson(error, status);
  const sealed: SealedError = {
    ...error,
    redirectUri: error.redirectUri === null ? null : cutText(error.redirectUri, VALUE_LIMIT),
    redirectUriLength: error.redirectUri?.length ?? 0,
    query,
    requestId: currentRequestId(),
  };
  return new Response(null, {
    status,
    headers: { [SHOWN_ERROR_HEADER]: encrypt(JSON.stringify(sealed), CONTEXT) },
  });
}

/** Answers a request to an endpoint that does not exist, or that does not support the method. */
export function answerNoSuchEndpoint(headers: Headers): Response {
  const error = { error: "not_found", description: "this endpoint does not exist" };
  return answerShownError(headers, { ...error, clientId: null, redirectUri: null }, 404);
}

// Uses Legrand's own text for a wrong reply URL, so that programs that search for it find it.
function toJson(error: ShownError, status: number): Response {
  const body =
    error.error === "invalid_redirect_uri"
      ? {
          error: "invalid_request",
          error_description: `The reply url host ${hostOf(error.redirectUri)} doesn't match with the ones configured on the application`,
        }
      : { error: error.error, error_description: error.description };
  return Response.json(body, { status, headers: { "cache-control": "no-store" } });
}

function hostOf(address: string | null): string {
  return URL.parse(address ?? "")?.host || "(none)";
}

/** Returns the error that the endpoint encrypted, or null for any other value. */
export function openShownError(sealed: string | null): SealedError | null {
  try {
    return sealed ? (JSON.parse(decrypt(sealed, CONTEXT)) as SealedError) : null;
  } catch {
    return null;
  }
}
