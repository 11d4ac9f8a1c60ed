import type { ClientMetadata } from "oidc-provider";

import type { Application } from "#lib/legrand/applications/store.ts";
import { UNREGISTERED_SCOPES } from "#lib/legrand/scopes.ts";

/**
 * An application as client metadata (RFC 7591 §2), for this request: `isPublic` where it may leave out its
 * secret. Reply URLs and secrets are compared by us, not by the library.
 */
export function toClientMetadata(application: Application, isPublic: boolean): ClientMetadata {
  return {
    client_id: application.clientId,
    client_name: application.name,
    // The library demands a secret of a confidential client; `compareClientSecret` looks at the digests
    // instead.
    ...(isPublic
      ? { token_endpoint_auth_method: "none" }
      : { token_endpoint_auth_method: "client_secret_post", client_secret: "compared-by-digest" }),
    application_type: "web",
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    // The library's own rules for redirect URIs are not Legrand's (it refuses `urn:`, say): registration has
    // the last word.
    redirect_uris: ["https://reply-urls-are-compared-by-us.invalid/"],
    scope: [...application.scopes, ...UNREGISTERED_SCOPES].join(" "),
  };
}
