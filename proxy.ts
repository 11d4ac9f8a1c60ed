import { randomBytes } from "node:crypto";

import { NextResponse, type NextRequest } from "next/server";

import { accountNotice } from "#lib/connect/linked-accounts/account-notice.ts";
import { thermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";
import { contentSecurityPolicy } from "#lib/server/front/content-security-policy.ts";
import { isScriptless, matchTraits } from "#lib/server/front/find-traits.ts";
import { pathOf } from "#lib/server/front/path-of.ts";
import { UNKNOWN, type RouteTraits } from "#lib/server/front/route-traits.ts";
import { env } from "#lib/env.ts";
import { isReadOnlyRequest } from "#lib/http/read-only-request.ts";
import { findPolicyFacts } from "#lib/legrand/interactions/find-policy-facts.ts";
import { findRequestSource } from "#lib/legrand/reply-url-requests/find-request-source.ts";

/** Gives every page its content security policy, with a fresh nonce, which Next puts on its scripts. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { traits, segments } = matchTraits(pathOf(request.nextUrl.pathname)) ?? {
    traits: UNKNOWN,
    segments: [],
  };
  const interaction =
    traits.leadsToApplication === "interaction" ? await findPolicyFacts(segments[0]!) : null;
  const policy = contentSecurityPolicy({
    nonce: isScriptless(request.nextUrl.pathname) ? null : randomBytes(16).toString("base64"),
    allowsFiles: traits.hasPasswordScript && (interaction?.asksForPassword ?? true),
    formAction: interaction ? interaction.returnSource : await findFormAction(request, traits),
  });
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  // Under `no-referrer` a browser posts a form with `Origin: null`. Only a trustworthy origin then receives
  // `Sec-Fetch-Site`, which distinguishes this site's pages from others. Elsewhere the policy is
  // `same-origin`, which leaks nothing either.
  response.headers.set("referrer-policy", env().isTrustworthy ? traits.referrerPolicy : "same-origin");
  if (traits.cache === "no-store") response.headers.set("cache-control", "no-store");
  // Set as a header, because `response.cookies` would remove the cookie from the page that is still to be
  // rendered.
  for (const notice of [thermostatNotice, accountNotice]) {
    const end = isReadOnlyRequest()
      ? null
      : notice.endWith(request.nextUrl.pathname, (name) => request.cookies.has(name));
    if (end) response.headers.append("set-cookie", end);
  }
  return response;
}

/**
 * Returns where a form of the page leads besides this origin, as a CSP source, or null. Chromium also applies
 * `form-action` to the redirect after a form post: back to the application, or to another cloud.
 */
async function findFormAction(
  { nextUrl }: NextRequest,
  { leadsToApplication }: RouteTraits,
): Promise<string | null> {
  if (leadsToApplication === "refused request")
    return findRequestSource(nextUrl.searchParams.get("request") ?? "");
  return otherCloud();
}

/** Returns the origin where Connect's forms end if the sandbox is off. */
function otherCloud(): string | null {
  const { sandbox, legrand } = env();
  return sandbox ? null : new URL(legrand.authorizeUrl).origin;
}

export const config = {
  matcher: [
    // Matches pages only, including the page for unknown addresses. Files and the other routes render nothing,
    // and need no nonce. Endpoints are answered before Next.
    "/((?!_next/|api/(?:auth|theme|health)|legrand/(?:logos|apis/openapi\\.json)(?:/|$)|legrand/applications/|(?:(?:icon|connect-logo|legrand/icon)\\.svg|show-password\\.js|social\\.png)$).*)",
    // For this file Next keeps a copy of the body, and cuts it off at 10 MB. An upload therefore goes
    // straight to its route. A page that is requested in this way gets the policy of next.config.js.
    {
      source: "/legrand/applications/:path+",
      missing: [{ type: "header", key: "content-type", value: "multipart/form-data.*" }],
    },
  ],
};
