/** Paths of the authorization server that this code distinguishes. The library knows the others. */
export const ENDPOINTS = {
  authorize: "/legrand/authorize",
  token: "/legrand/token",
  revoke: "/legrand/revoke",
  introspect: "/legrand/introspect",
  userinfo: "/legrand/userinfo",
  discovery: "/legrand/.well-known/openid-configuration",
  metadata: "/legrand/.well-known/oauth-authorization-server",
  jwks: "/legrand/jwks",
} as const;

/** Where OAuth 2.0 looks for the metadata of an issuer with a path (RFC 8414 §3.1). */
export const METADATA_OF_THE_ROOT = "/.well-known/oauth-authorization-server/legrand";
