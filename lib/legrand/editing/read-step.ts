import { APPLICATION_TYPES } from "#lib/legrand/applications/application-type-schema.ts";
import { REPLY_URL_LIMIT } from "#lib/legrand/reply-urls/reply-url-schema.ts";
import { parseScopes } from "#lib/legrand/applications/scopes-schema.ts";
import { levelsFor, termsOf, type ScopeTerms } from "#lib/legrand/applications/scope-terms-constants.ts";
import { SCOPES } from "#lib/legrand/scopes.ts";
import type { DraftFields, FormStep } from "#lib/legrand/editing/draft-schema.ts";

/** The fields of one step as they were typed, or an error for a form that no page of this project sends. */
export type ReadStep = { ok: true; fields: Partial<DraftFields> } | { ok: false; sentence: string };

/**
 * Reads what the form of a step sent, valid or not. It refuses only what a browser cannot have sent from that
 * form.
 */
export function readStep(step: FormStep, form: URLSearchParams): ReadStep {
  return READERS[step](form);
}

const READERS: Record<FormStep, (form: URLSearchParams) => ReadStep> = {
  description: readDescription,
  "reply-urls": readReplyUrls,
  scopes: readScopes,
};

const refused = (sentence: string): ReadStep => ({ ok: false, sentence });

const WORDS = ["name", "description", "vendor", "url"] as const;

function readDescription(form: URLSearchParams): ReadStep {
  const type = APPLICATION_TYPES.find((one) => one === form.get("type"));
  if (!type) return refused("The type of an application is web or mobile.");
  if (WORDS.some((field) => !form.has(field))) return refused("A field of the description is missing.");
  const [name, description, vendor, url] = WORDS.map((field) => form.get(field)!) as [
    string,
    string,
    string,
    string,
  ];
  // A browser always sends the line breaks of a text area as CRLF (WHATWG HTML, "constructing entry list").
  return { ok: true, fields: { type, name, description: description.replaceAll("\r\n", "\n"), vendor, url } };
}

function readReplyUrls(form: URLSearchParams): ReadStep {
  const replyUrls = form.getAll("reply_url");
  if (replyUrls.length === 0) return refused("The reply URLs are missing.");
  if (replyUrls.length > REPLY_URL_LIMIT)
    return refused(`An application has at most ${REPLY_URL_LIMIT} reply URLs.`);
  return { ok: true, fields: { replyUrls } };
}

function readScopes(form: URLSearchParams): ReadStep {
  const scopes = parseScopes(form.getAll("scope"));
  if (!scopes) return refused("One of these scopes cannot be registered.");
  const terms = SCOPES.map(({ name }) => [name, readTerms(form, name)] as const);
  if (terms.some(([, read]) => read === "unknown")) return refused("A scope has no such level.");
  const scopeTerms = Object.fromEntries(
    terms.filter((entry): entry is [string, ScopeTerms] => typeof entry[1] === "object"),
  );
  // A form without these fields, such as one of a program, leaves the levels and reasons as they are.
  return { ok: true, fields: { scopes, ...(Object.keys(scopeTerms).length ? { scopeTerms } : {}) } };
}

/** Returns the terms that the form sent for a scope, or undefined if it sent none. */
function readTerms(form: URLSearchParams, scope: string): ScopeTerms | undefined | "unknown" {
  const [level, reason] = [form.get(`level.${scope}`), form.get(`reason.${scope}`)];
  if (level === null && reason === null) return undefined;
  const fallback = termsOf({}, scope).level;
  const known = levelsFor(scope).find((one) => one === (level ?? fallback));
  return known ? { level: known, reason: reason ?? "" } : "unknown";
}
