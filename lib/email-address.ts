import { domainToASCII, domainToUnicode } from "node:url";

/**
 * Characters of a domain name in any script, including the full stops of Chinese and Japanese (UTS 46 §2.3).
 */
const DOMAIN = /^[\p{L}\p{M}\p{N}\u200c\u200d·.\-。．｡]+$/u;
/** A host of digits, which the URL standard reads as an IPv4 address. */
const NUMERIC = /^[\d.]+$/;

/**
 * Returns an e-mail address as it is stored and compared: A to Z in lower case, and the domain as in DNS, in
 * A-labels (RFC 5891 §4.4). `name@münchen.example` becomes `name@xn--mnchen-3ya.example`.
 *
 * Nothing else changes. JavaScript's own lower-casing turns the Kelvin sign into a k, which is another
 * person's address. A text that is not an address does not become one.
 */
export function toComparableEmail(typed: string): string {
  const text = typed.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const at = text.lastIndexOf("@");
  return at < 0 ? text : text.slice(0, at + 1) + toAsciiDomain(text.slice(at + 1));
}

function toAsciiDomain(domain: string): string {
  if (/^\p{ASCII}*$/u.test(domain) || !DOMAIN.test(domain)) return domain;
  const ascii = domainToASCII(domain);
  return ascii === "" || NUMERIC.test(ascii) ? domain : ascii;
}

/** Returns an e-mail address for display, with its domain in Unicode (RFC 5891 §4.4, U-labels). */
export function showEmail(address: string): string {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1);
  if (at < 0 || !/(?:^|\.)xn--/i.test(domain)) return address;
  return address.slice(0, at + 1) + (domainToUnicode(domain) || domain);
}
