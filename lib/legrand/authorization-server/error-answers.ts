import { env } from "#lib/env.ts";
import { decrypt, encrypt } from "#lib/crypto/encrypt.ts";
import { currentRequestId } from "#lib/request-id.ts";
import type { ShownError } from "#lib/legrand/authorization-server/request-scope.ts";

const CONTEXT = "authorization-error";
/** Header in which the route hands an error to the page that shows it; sealed, so that nobody else can write one. */
export const SHOWN_ERROR_HEADER = "x-legrand-shown-error";
const VALUE_LIMIT = 2_000;

/** An error as the page receives it. */
export type SealedError = ShownError & { requestId: string };

/** The error that the route sealed, or null for anything else. */
export function openShownError(sealed: string | null): SealedError | null {
  try {
    return sealed ? (JSON.parse(decrypt(sealed, CONTEXT)) as SealedError) : null;
  } catch {
    return null;
  }
}

/**
 * An error that must not be redirected: the page for a person, JSON for whoever prefers it. The page is rendered by its own
 * route, asked over loopback, since a page cannot choose its status.
 */
export async function answerShownError(request: Request, error: ShownError, status: number): Promise<Response> {
  if (prefersJson(request.headers.get("accept"))) return toJson(error, status);
  const sealed: SealedError = { ...error, redirectUri: error.redirectUri?.slice(0, VALUE_LIMIT) ?? null, requestId: currentRequestId() };
  const page = await fetch(`http://127.0.0.1:${env().port}/legrand/authorization-error`, {
    headers: {
      accept: "text/html",
      [SHOWN_ERROR_HEADER]: encrypt(JSON.stringify(sealed), CONTEXT),
      cookie: request.headers.get("cookie") ?? "", "accept-language": request.headers.get("accept-language") ?? "",
    },
  });
  const headers = new Headers({ "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
  for (const name of ["content-security-policy", "referrer-policy", "x-content-type-options", "x-frame-options"]) {
    const value = page.headers.get(name);
    if (value) headers.set(name, value);
  }
  return new Response(await page.text(), { status, headers });
}

// Legrand's own words for a wrong reply URL, so that a program that looks for them finds them.
async function toJson(error: ShownError, status: number): Promise<Response> {
  const body = error.error === "invalid_redirect_uri"
    ? { error: "invalid_request", error_description: `The reply url host ${hostOf(error.redirectUri)} doesn't match with the ones configured on the application` }
    : { error: error.error, error_description: error.description };
  return Response.json(body, { status, headers: { "cache-control": "no-store" } });
}

function hostOf(address: string | null): string {
  return URL.parse(address ?? "")?.host || "(none)";
}

/** Whether the Accept header names JSON and not HTML, or JSON with more weight (RFC 9110 §12.5.1). */
function prefersJson(accept: string | null): boolean {
  const weight = (type: string) => {
    const part = (accept ?? "").split(",").find((range) => range.trim().toLowerCase().startsWith(type));
    return part ? Number(/;\s*q=([\d.]+)/.exec(part)?.[1] ?? 1) : 0;
  };
  return weight("application/json") > weight("text/html");
}
