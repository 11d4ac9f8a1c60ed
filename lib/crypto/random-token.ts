import { randomBytes } from "node:crypto";

/**
 * Returns a new credential of `bytes` random bytes (256 bits by default) in base64url, after a prefix that
 * secret scanners can recognise. It has only characters that a form body leaves unencoded (RFC 3986 §2.3,
 * "unreserved").
 */
export function randomToken(prefix = "", bytes = 32): string {
  return prefix + randomBytes(bytes).toString("base64url");
}
