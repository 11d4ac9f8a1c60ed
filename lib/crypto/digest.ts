import { hash } from "node:crypto";

/**
 * Returns the SHA-256 of a credential in base64url, which is stored instead of the credential. It
 * deliberately has no salt: the inputs are random values of at least 128 bits, and look-ups need equality
 * (OWASP ASVS 5.0, 11.4.2 requires more only for passwords). SQL computes it with the function
 * `legrand_digest`.
 */
export function digest(value: string): string {
  return hash("sha256", value, "base64url");
}
