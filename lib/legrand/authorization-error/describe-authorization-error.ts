import { findApplication } from "#lib/legrand/applications/store.ts";
import {
  describeMismatch,
  type DescribedMismatch,
  type ErrorViewer,
} from "#lib/legrand/authorization-error/describe-mismatch.ts";
import { referenceOf } from "#lib/legrand/request-log/reference.ts";
import type { SealedError } from "#lib/legrand/authorization-server/shown-error.ts";

/** An authorization error as its page describes it. */
export type DescribedError = {
  code: string;
  title: string;
  explanation: string;
  /** What to correct, in one sentence, or null. */
  hint?: string | null;
  /** How the sent reply URL differs from the registered ones, and what its viewer may do. */
  mismatch?: DescribedMismatch;
  application: { name: string; url: string } | null;
  requestId: string;
  /** What the developer looks the request up by (decision 62). */
  reference: string;
};

/**
 * Describes an error that must not be redirected. Without an error, returns the text for a user who opened
 * the page directly.
 */
export async function describeAuthorizationError(
  error: SealedError | null,
  viewer: ErrorViewer,
): Promise<DescribedError> {
  if (!error) {
    return {
      code: "no_error",
      title: "There is nothing to show here",
      explanation: "This page explains why an authorization request was refused.",
      application: null,
      requestId: "none",
      reference: "none",
    };
  }
  const application = error.clientId ? await findApplication(error.clientId) : null;
  const common = {
    code: error.error,
    application,
    requestId: error.requestId,
    reference: referenceOf(error.requestId),
  };
  if (error.error === "invalid_redirect_uri" && application) {
    return {
      ...common,
      title: "The reply URL does not match",
      explanation: `${application.name} asked us to send you to an address that it has not registered, so we stopped here.`,
      mismatch: await describeMismatch(error, application, viewer),
    };
  }
  return { ...common, ...describeOther(error) };
}

function describeOther({ error, description }: SealedError) {
  if (error === "invalid_client") {
    return {
      title: "We do not know this application",
      explanation: "The link names an application that is not registered here, so we stopped.",
      hint: "Check the client_id: it is the GUID on the application’s Overview.",
    };
  }
  if (error === "not_found") {
    return {
      title: "Page not found",
      explanation: "The address is wrong, or it accepts only another HTTP method.",
    };
  }
  return {
    title: "We cannot answer this request",
    explanation: "Something in it is missing, wrong or too long, so we stopped here.",
    hint: sentenceOf(description),
  };
}

const sentenceOf = (text: string) => (text ? `${text[0]!.toUpperCase()}${text.slice(1)}.` : null);
