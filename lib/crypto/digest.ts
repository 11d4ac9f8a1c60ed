import { hash } from "node:crypto";

/**
 * SHA-256 of a credential, base64url: what is stored in its place. Without salt on purpose: the inputs are
 * random values of at least 128 bits, and look-ups need equality (OWASP ASVS 5.0, 11.4.2 asks for more only
 * of passwords).
 */
export function digest(value: string): string {
  return hash("sha256", value, "base64url");
}
