import Negotiator from "negotiator";

const HTML = "text/html";
const JSON_TYPE = "application/json";
/** The content codings of this server, best first. */
const CODINGS = ["br", "gzip"] as const;

/** A content coding that this server can apply. */
export type Coding = (typeof CODINGS)[number];

/**
 * True if the caller asks for a page: `Accept` names `text/html`, as browsers do, and prefers it to JSON (RFC
 * 9110 §12.5.1). Programs accept anything, or send no header; they get JSON.
 */
export function asksForHtml(accept: string | undefined): boolean {
  const negotiator = new Negotiator({ headers: { accept } });
  return (
    negotiator.mediaTypes().some((type) => type.toLowerCase() === HTML) &&
    // Undefined if the range has a parameter, such as a charset.
    negotiator.mediaType([HTML, JSON_TYPE]) !== JSON_TYPE
  );
}

/**
 * True if the caller prefers JSON to a page. A caller that accepts anything gets the page. For an address
 * that a person opens.
 */
export function prefersJson(accept: string | null): boolean {
  return (
    new Negotiator({ headers: { accept: accept ?? undefined } }).mediaType([HTML, JSON_TYPE]) === JSON_TYPE
  );
}

/**
 * Returns the coding that `Accept-Encoding` prefers, or null for none (RFC 9110 §12.5.3). Of codings with the
 * same weight, the better one is chosen. `offered` limits the choice.
 */
export function preferredCoding(
  accepted: string | undefined,
  offered: readonly Coding[] = CODINGS,
): Coding | null {
  const negotiator: WithPreference = new Negotiator({ headers: { "accept-encoding": accepted } });
  const coding = negotiator.encoding([...offered, "identity"], { preferred: [...offered] });
  return offered.find((one) => one === coding) ?? null;
}

/** The type of the package does not have this option yet. */
type WithPreference = { encoding(available: string[], options: { preferred: string[] }): string | undefined };
