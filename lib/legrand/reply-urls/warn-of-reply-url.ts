import { describeHost, hasMixedScripts, hostForms, isLookAlike } from "#lib/legrand/reply-urls/host-forms.ts";
import { isLoopbackHost } from "#lib/legrand/reply-urls/loopback-host.ts";
import { editDistance } from "#lib/legrand/reply-urls/nearest-reply-url.ts";
import { splitReplyUrl } from "#lib/legrand/reply-urls/split-reply-url.ts";
import { unwrapReplyUrl } from "#lib/legrand/reply-urls/unwrap-reply-url.ts";

/** Schemes that a browser runs or opens instead of sending a request. */
const DANGEROUS = new Set(["javascript", "data", "vbscript", "blob", "file", "view-source", "about"]);
const NEAR_MISS = 2;

/**
 * Warns of a reply URL that an attacker may have put into a link: a script, a host that looks like a
 * registered one, or a host that the application has not used before. Returns the warning, or null. `known`
 * are the registered reply URLs and the application's web site.
 */
export function warnOfReplyUrl(sent: string, known: readonly string[]): string | null {
  const url = splitReplyUrl(unwrapReplyUrl(sent, "").text);
  const scheme = url.scheme.text.toLowerCase();
  if (DANGEROUS.has(scheme))
    return `A browser does not send a request to an address that starts with ${scheme}: but runs or opens it. No application is answered there. The link may be an attack.`;
  const host = toAscii(url.host.text);
  if (!["http", "https"].includes(scheme) || !host || isLoopbackHost(host) || host.includes("%")) return null;
  const hosts = known.map((one) => toAscii(splitReplyUrl(one).host.text)).filter(Boolean);
  return hosts.some((other) => isRelated(host, other)) ? null : warnOfHost(host, hosts);
}

const toAscii = (host: string) => hostForms(host).ascii.toLowerCase().replace(/\.$/, "");

/** True for the same host, a subdomain and the domain above: they have one owner. */
const isRelated = (host: string, other: string) =>
  host === other || host.endsWith(`.${other}`) || (host.includes(".") && other.endsWith(`.${host}`));

function warnOfHost(host: string, hosts: string[]): string {
  const twin = hosts.find((other) => isLookAlike(host, other));
  const shown = describeHost(host);
  if (twin)
    return `The host ${shown} looks like ${twin}, and is another one. The link may be an attack: the owner of that host would receive the answers.`;
  if (hasMixedScripts(host))
    return `The host ${shown} mixes letters of several scripts, as look-alikes do. The link may be an attack: the owner of that host would receive the answers.`;
  const near = hosts.find((other) => editDistance(host, other) <= NEAR_MISS);
  if (near)
    return `The host ${shown} is spelled almost like ${near}. If it is a typing error, correct the client. If you do not know the host, the link may be an attack.`;
  return `No registered address of this application has the host ${shown}. If you did not start this request yourself, the link may be an attack: the owner of that host would receive the answers.`;
}
