/**
 * An e-mail address as it is compared with `ADMIN_EMAILS`: A to Z in lower case, and nothing else changed. JavaScript's own lower case makes
 * a k of the Kelvin sign: somebody else's address.
 */
export function asListed(address: string): string {
  return address.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
