import { randomBytes } from "node:crypto";

/**
 * A new credential of `bytes` random bytes (256 bits unless told), base64url, behind a prefix that secret
 * scanners can recognise. Only characters that survive a form body without encoding (RFC 3986 §2.3,
 * "unreserved").
 */
export function randomToken(prefix = "", bytes = 32): string {
  return prefix + randomBytes(bytes).toString("base64url");
}
