import { redactReplyUrl } from "#lib/legrand/request-log/redact-reply-url.ts";
import { KNOWN_NAMES, WORDS } from "#lib/legrand/request-log/allowed-values.ts";
import { findScope } from "#lib/legrand/scopes.ts";

/** A parameter or header as it is stored: a value that was allowed, or its length in characters. */
export type RecordedParameter = { name: string; value: string } | { name: string; length: number };

/** Maximum number of stored parameters of one request. */
const MOST_PARAMETERS = 40;
/** An unknown name is shown if it is a short word. */
const SHORT_WORD = /^[a-z_]{1,24}$/;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Returns the parameters of a request as they may be stored. Only the values of an allow-list are kept, and
 * only if they have the form that the specification gives them. Everything else becomes its name and length.
 */
export function redactParameters(sent: Iterable<[string, string]>): RecordedParameter[] {
  const recorded: RecordedParameter[] = [];
  let more = 0;
  for (const [name, value] of sent) {
    if (recorded.length < MOST_PARAMETERS) recorded.push(redactParameter(name, value));
    else more++;
  }
  return more ? [...recorded, { name: "more parameters", value: String(more) }] : recorded;
}

function redactParameter(name: string, value: string): RecordedParameter {
  // The name comes from the caller and could be "constructor" or "__proto__", hence Object.hasOwn.
  const allowed = Object.hasOwn(READERS, name) ? READERS[name]!(value) : null;
  return allowed === null ? { name: redactName(name), length: value.length } : { name, value: allowed };
}

function redactName(name: string): string {
  return KNOWN_NAMES.has(name) || SHORT_WORD.test(name) ? name : `(a name of ${name.length} characters)`;
}

const ifMatching = (pattern: RegExp) => (value: string) => (pattern.test(value) ? value : null);

/** Each returns the value as it may be stored, or null if only its length may. */
const READERS: Readonly<Record<string, (value: string) => string | null>> = {
  client_id: ifMatching(UUID),
  redirect_uri: redactReplyUrl,
  scope: redactScopes,
  prompt: redactWords,
  response_type: redactWords,
  response_mode: redactWords,
  grant_type: redactWords,
  code_challenge_method: redactWords,
  token_type_hint: redactWords,
  max_age: ifMatching(/^\d{1,10}$/),
  grant_management_action: redactWords,
  decision: redactWords,
};

/** Returns the known scopes by name. Unknown ones may be anything, so they are only counted. */
function redactScopes(value: string): string {
  const sent = value.split(" ").filter(Boolean);
  const known = sent.filter((name) => findScope(name)).slice(0, MOST_PARAMETERS);
  const unknown = sent.filter((name) => !findScope(name)).length;
  return [...known, ...(unknown ? [`(${unknown} unknown)`] : [])].join(" ");
}

/** Returns the value if it consists of words that a specification defines. */
function redactWords(value: string): string | null {
  return value.length <= 80 && value.split(" ").every((word) => WORDS.has(word)) ? value : null;
}
