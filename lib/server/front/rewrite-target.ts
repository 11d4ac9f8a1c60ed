/** Addresses that programs call, sometimes with a trailing slash. */
const FOR_PROGRAMS =
  /^\/legrand\/(?:api\/.+|token|jwks|userinfo|revoke|introspect|(?:[^/]+\/)?\.well-known\/[^/]+)$/;
/**
 * Where OAuth 2.0 looks for the metadata of an issuer with a path, and where the sandbox serves it (RFC 8414
 * §3.1).
 */
export const OAUTH_METADATA = {
  asked: "/.well-known/oauth-authorization-server/legrand",
  answered: "/legrand/.well-known/oauth-authorization-server",
} as const;

/**
 * Returns the request target under which Next answers a request. Removes a trailing slash from addresses that
 * only programs call, because many programs do not follow a redirect of a POST. Pages keep Next's redirect,
 * because the rules for their scripts and for the kept mail match exact addresses. Call it after every check
 * of the address.
 */
export function rewriteTarget(target: string): string {
  const [path = "", ...query] = target.split("?");
  const plain = path.replace(/(?<=[^/])\/$/, "");
  const rewritten =
    plain === OAUTH_METADATA.asked ? OAUTH_METADATA.answered : FOR_PROGRAMS.test(plain) ? plain : path;
  return [rewritten, ...query].join("?");
}
