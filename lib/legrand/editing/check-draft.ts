import { checkReplyUrls } from "#lib/legrand/reply-urls/reply-url-schema.ts";
import { descriptionSchema, type Description } from "#lib/legrand/applications/description-schema.ts";
import { parseScopes } from "#lib/legrand/applications/scopes-schema.ts";
import { parseReason } from "#lib/legrand/applications/scope-reason-schema.ts";
import { termsOf, type TermsByScope } from "#lib/legrand/applications/scope-terms-constants.ts";
import type { DraftFields, FormStep } from "#lib/legrand/editing/draft-schema.ts";

/** What is wrong with one field. `field` is the id of its input. */
export type FieldProblem = { step: FormStep; field: string; message: string };

/** All fields with which an application is registered, checked. */
export type Registration = Description & { replyUrls: string[]; scopes: string[]; scopeTerms: TermsByScope };

/**
 * Checks every field of a draft by the rules of a registration. `registration` is null exactly if there is a
 * problem.
 */
export function checkDraft(fields: DraftFields): {
  problems: FieldProblem[];
  registration: Registration | null;
} {
  const description = descriptionSchema.safeParse(fields);
  const replyUrls = typedReplyUrls(fields);
  const scopes = parseScopes(fields.scopes);
  const terms = checkTerms(scopes ?? [], fields.scopeTerms);
  const problems = [
    ...problemsOfDescription(description.error?.issues ?? []),
    ...problemsOfReplyUrls(fields),
    ...problemsOfScopes(scopes),
    ...terms.problems,
  ];
  return {
    problems,
    registration:
      description.data && scopes && problems.length === 0
        ? { ...description.data, replyUrls, scopes, scopeTerms: terms.terms }
        : null,
  };
}

/** Returns the reply URLs that were typed, in order, without empty fields. */
export function typedReplyUrls({ replyUrls }: Pick<DraftFields, "replyUrls">): string[] {
  return replyUrls.filter((url) => url !== "");
}

/**
 * Checks the terms of the chosen scopes. Returns them as they are registered, and a problem for each reason
 * that cannot be. Terms of other scopes are dropped.
 */
export function checkTerms(
  scopes: readonly string[],
  typed: TermsByScope,
): { terms: TermsByScope; problems: FieldProblem[] } {
  const read = scopes.map((scope) => {
    const { level, reason } = termsOf(typed, scope);
    return { scope, level, parsed: parseReason(reason) };
  });
  return {
    terms: Object.fromEntries(
      read.map(({ scope, level, parsed }) => [scope, { level, reason: parsed.ok ? parsed.reason : "" }]),
    ),
    problems: read.flatMap(({ scope, parsed }) =>
      parsed.ok
        ? []
        : [
            {
              step: "scopes" as const,
              field: `reason.${scope}`,
              message: `Reason for ${scope}: ${parsed.message}`,
            },
          ],
    ),
  };
}

function problemsOfDescription(issues: { path: PropertyKey[]; message: string }[]): FieldProblem[] {
  return issues.map(({ path, message }) => ({ step: "description", field: String(path[0]), message }));
}

function problemsOfReplyUrls({ replyUrls, type }: DraftFields): FieldProblem[] {
  if (replyUrls.every((url) => url === "")) {
    return [
      {
        step: "reply-urls",
        field: "reply-url-1",
        message: "Enter a reply URL: the address that the answer is sent to.",
      },
    ];
  }
  // Checked together with the empty fields, so that each problem keeps the number of its field.
  return checkReplyUrls(replyUrls, type).problems.flatMap((problem, index) =>
    problem && replyUrls[index] !== ""
      ? [
          {
            step: "reply-urls" as const,
            field: `reply-url-${index + 1}`,
            message: `Reply URL ${index + 1}: ${problem.message}`,
          },
        ]
      : [],
  );
}

const problemsOfScopes = (scopes: string[] | null): FieldProblem[] =>
  scopes
    ? []
    : [
        {
          step: "scopes",
          field: "scopes",
          message: "A scope is no longer in the catalogue. Choose the scopes again.",
        },
      ];
