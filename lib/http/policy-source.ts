/**
 * Hosts that a policy can name (CSP Level 3 §2.3.1, host-char): not an IPv6 address, and without underscore.
 */
const NAMEABLE = /^[a-z\d.-]+$/;

/**
 * Returns an address as a source of a content security policy, or null if it is no URL. The source is an
 * origin, or only the scheme if a policy cannot name the host.
 */
export function policySource(address: string): string | null {
  const url = URL.parse(address);
  if (!url) return null;
  return url.origin !== "null" && NAMEABLE.test(url.hostname) ? url.origin : url.protocol;
}
