import { randomBytes } from "node:crypto";

import { NextResponse, type NextRequest } from "next/server";

import { endAccountNotice } from "#lib/connect/account-notice.ts";
import { endThermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";
import { contentSecurityPolicy } from "#lib/server/content-security-policy.ts";
import { isScriptless } from "#lib/server/documents.ts";
import { env } from "#lib/env.ts";
import { isReadOnlyRequest } from "#lib/http/read-only-request.ts";
import { findReturnSource } from "#lib/legrand/interactions/find-return-source.ts";

const INTERACTION = /^\/legrand\/interaction\/([^/]+)$/;

/**
 * Gives every page its content security policy, with a nonce of its own; Next puts the nonce on its scripts.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const uid = INTERACTION.exec(request.nextUrl.pathname)?.[1];
  const policy = contentSecurityPolicy({
    nonce: isScriptless(request.nextUrl.pathname) ? null : randomBytes(16).toString("base64"),
    // Chromium applies `form-action` to the redirect after the form post too: back to the application, or
    // away to another cloud.
    formAction: uid ? await findReturnSource(uid) : otherCloud(),
  });
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  // Under `no-referrer` a form is posted with `Origin: null`, and only a trustworthy origin gets the
  // `Sec-Fetch-Site` that then tells our pages from others'. Elsewhere it is `same-origin`, which leaks
  // nothing either.
  const isQuiet = request.nextUrl.pathname.startsWith("/legrand/") && env().isTrustworthy;
  response.headers.set("referrer-policy", isQuiet ? "no-referrer" : "same-origin");
  response.headers.set("cache-control", "no-store");
  // As a header: `response.cookies` would take the cookie away from the page that is still to be rendered.
  for (const end of [endThermostatNotice, endAccountNotice]) {
    const said = isReadOnlyRequest()
      ? null
      : end(request.nextUrl.pathname, (name) => request.cookies.has(name));
    if (said) response.headers.append("set-cookie", said);
  }
  return response;
}

/** Where Connect's forms end when the sandbox is off. */
function otherCloud(): string | null {
  const { sandbox, legrand } = env();
  return sandbox ? null : new URL(legrand.authorizeUrl).origin;
}

export const config = {
  matcher: [
    // Pages only, the page for unknown addresses among them: endpoints and files render nothing, and have no
    // use for a nonce.
    "/((?!_next/|api/(?:auth|theme|health)|legrand/(?:authorize|token|jwks|userinfo|revoke|introspect|api|logos|apis/openapi\\.json)(?:/|$)|legrand/applications/|(?:icon|connect-logo)\\.svg$).*)",
    // For this file Next keeps a copy of the body, and cuts it off at 10 MB: an upload goes straight to its
    // route. A page that is asked for in this way gets the policy of next.config.js.
    {
      source: "/legrand/applications/:path+",
      missing: [{ type: "header", key: "content-type", value: "multipart/form-data.*" }],
    },
  ],
};
