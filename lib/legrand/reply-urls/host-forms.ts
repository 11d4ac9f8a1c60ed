import { domainToASCII, domainToUnicode } from "node:url";

/**
 * Returns a host as a browser sends it (punycode, RFC 3492) and as people read it. Returns the host itself
 * for both if it is not a domain name.
 */
export function hostForms(host: string): { ascii: string; unicode: string } {
  const ascii = domainToASCII(host) || host;
  return { ascii, unicode: domainToUnicode(ascii) || host };
}

/**
 * Returns a host for a sentence. A name with letters outside of ASCII is followed by its punycode, in which a
 * look-alike is visible.
 */
export function describeHost(host: string): string {
  const { ascii, unicode } = hostForms(host);
  return ascii.toLowerCase() === unicode.toLowerCase() ? host : `${unicode} (${ascii})`;
}

/** Letters of other scripts, and digits, that look like a Latin letter in most typefaces (UTS 39 §4). */
const LOOKS_LIKE: Record<string, string> = {
  ...pairs("аеорсхуіјѕһԁԛԝѵгквмнтӏ", "aeopcxyijshdqwvrkbmhtl"),
  ...pairs("αεικνορτυχω", "aeikvoptuxw"),
  ...pairs("ıɑɡɩ01", "iagiol"),
};

function pairs(from: string, to: string): Record<string, string> {
  return Object.fromEntries([...from].map((letter, index) => [letter, to[index]!]));
}

/** Returns what a host looks like: two hosts that people confuse have the same text (UTS 39 §4, skeleton). */
function skeletonOf(host: string): string {
  return [...hostForms(host).unicode.toLowerCase().normalize("NFKD")]
    .filter((letter) => !/\p{M}/u.test(letter))
    .map((letter) => LOOKS_LIKE[letter] ?? letter)
    .join("")
    .replaceAll("rn", "m")
    .replaceAll("vv", "w")
    .replaceAll("i", "l");
}

/** True if the hosts are two names that look alike (UTS 39 §4, confusable). */
export function isLookAlike(host: string, other: string): boolean {
  if (hostForms(host).ascii.toLowerCase() === hostForms(other).ascii.toLowerCase()) return false;
  return /\p{L}/u.test(other) && skeletonOf(host) === skeletonOf(other);
}

/** True if a label of the host has Latin letters together with Cyrillic or Greek ones (UTS 39 §5.2). */
export function hasMixedScripts(host: string): boolean {
  return hostForms(host)
    .unicode.split(".")
    .some((label) => /\p{Script=Latin}/u.test(label) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(label));
}
