import type { ClientMetadata } from "oidc-provider";

import type { Application } from "#lib/legrand/applications/store.ts";
import { UNREGISTERED_SCOPES } from "#lib/legrand/scopes.ts";

/**
 * Returns an application as client metadata (RFC 7591 §2) for this request. `isPublic` is true if it may
 * leave out its secret. This project compares reply URLs and secrets itself, instead of the library.
 */
export function toClientMetadata(application: Application, isPublic: boolean): ClientMetadata {
  return {
    client_id: application.clientId,
    client_name: application.name,
    // The library requires a secret of a confidential client. `compareClientSecret` compares the digests
    // instead.
    ...(isPublic
      ? { token_endpoint_auth_method: "none" }
      : { token_endpoint_auth_method: "client_secret_post", client_secret: "compared-by-digest" }),
    application_type: "web",
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    // The library's own rules for redirect URIs are not Legrand's (it refuses `urn:`, for example).
    // Registration decides which URIs are allowed.
    redirect_uris: ["https://reply-urls-are-compared-by-us.invalid/"],
    scope: [...application.scopes, ...UNREGISTERED_SCOPES].join(" "),
  };
}
