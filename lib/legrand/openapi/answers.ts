import { findScope } from "#lib/legrand/scopes.ts";
import { userMessageOf } from "#lib/legrand/openapi/user-messages.ts";
import type { DocumentedAnswer, Content, Example, Header, Schema } from "#lib/legrand/openapi/openapi.ts";
import { DAILY_CALL_LIMIT } from "#lib/legrand/subscriptions/subscription-constants.ts";

const ERROR: Schema = { $ref: "#/components/schemas/Error" };

/**
 * The form of the API's own refusals. The gateway's refusals (key, token, quota) are an `Error` in every API.
 */
type RefusalForm = { schema: Schema; value: (status: number, message: string) => unknown };

const SMARTHER_REFUSALS: RefusalForm = {
  schema: ERROR,
  value: (statusCode, message) => ({ statusCode, message }),
};

/** The form of the Home + Control API's refusals. */
export const HOME_CONTROL_REFUSALS: RefusalForm = {
  schema: { $ref: "#/components/schemas/HomeControlErrors" },
  value: (code, internalMessage) => ({
    errors: [{ userMessage: userMessageOf(code), internalMessage, code }],
  }),
};

const CHALLENGE: Header = {
  description:
    "Why the access token is rejected (RFC 6750, §3); absent if the subscription key is the reason.",
  schema: { type: "string" },
};
const RETRY_AFTER: Header = {
  description: "Seconds until the quota is replenished; only if it is used up.",
  schema: { type: "integer", minimum: 1 },
};

/** Returns JSON content with one or several examples. */
export function json(schema: Schema, examples: Record<string, Example>): Content {
  return { "application/json": { schema, examples } };
}

const example = (statusCode: number, summary: string, message: string): Example => ({
  summary,
  value: { statusCode, message },
});

/**
 * Returns the answers that every operation has: 401 and 403 for a caller without the required credentials,
 * and 500 and 503 for internal failures.
 */
export function commonAnswers(scope: string, form = SMARTHER_REFUSALS): Record<string, DocumentedAnswer> {
  const own = (summary: string, message: string): Example => ({ summary, value: form.value(403, message) });
  return {
    401: {
      description: "Missing or invalid access token or subscription key.",
      headers: { "WWW-Authenticate": CHALLENGE },
      content: json(ERROR, {
        missingKey: example(
          401,
          "No subscription key",
          "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.",
        ),
        invalidKey: example(
          401,
          "An unknown subscription key",
          "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.",
        ),
        missingToken: example(401, "No access token", "Access denied due to missing access token."),
        invalidToken: example(
          401,
          "An access token that is not valid",
          "Access denied due to invalid access token.",
        ),
      }),
    },
    403: {
      description: `The person did not grant ${scope} (${findScope(scope)!.label}), the application is suspended, or the quota of ${DAILY_CALL_LIMIT} calls a day for this person is used up.`,
      headers: { "WWW-Authenticate": CHALLENGE, "Retry-After": RETRY_AFTER },
      content: json(form === SMARTHER_REFUSALS ? ERROR : { oneOf: [ERROR, form.schema] }, {
        insufficientScope: own("The scope is missing", `The access token does not have the scope ${scope}.`),
        outOfQuota: example(
          403,
          "The quota is used up",
          "Out of call volume quota. Quota will be replenished in 05:41:07.",
        ),
        suspended: own("The application is suspended", "The application is suspended by its developer."),
      }),
    },
  };
}

/** Refusals by name, each with a summary and its message. */
type Refusals = Record<string, { summary: string; message: string }>;

const UNKNOWN = { summary: "No such resource", message: "Resource not found" };

/**
 * Returns the 404 for a thing that does not exist or belongs to another person. The answer does not say
 * which.
 */
export const notFound = (description: string, more: Refusals = {}) =>
  notFoundIn(SMARTHER_REFUSALS, description, more);

/** Returns the 404 of an API with that form of refusals. */
export const notFoundIn = (form: RefusalForm, description: string, more: Refusals = {}) =>
  refusalIn(form, 404, description, { unknown: UNKNOWN, ...more });

/** Returns another refusal in the Smarther API's own form. */
export const refusal = (status: 409 | 430, description: string, refusals: Refusals) =>
  refusalIn(SMARTHER_REFUSALS, status, description, refusals);

/** Returns a refusal in that form. */
export function refusalIn(
  form: RefusalForm,
  status: 400 | 404 | 406 | 409 | 430,
  description: string,
  refusals: Refusals,
): Record<string, DocumentedAnswer> {
  const examples = Object.entries(refusals).map(
    ([name, { summary, message }]) => [name, { summary, value: form.value(status, message) }] as const,
  );
  return { [status]: { description, content: json(form.schema, Object.fromEntries(examples)) } };
}
