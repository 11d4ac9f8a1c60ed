import { isOnThisMachine } from "#lib/http/this-machine.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { findOwned } from "#lib/legrand/applications/owned.ts";
import { findApplication, type Application } from "#lib/legrand/applications/store.ts";
import type { SealedError } from "#lib/legrand/authorization-server/shown-error.ts";
import { referenceOf } from "#lib/legrand/request-log/reference.ts";
import { explainReplyUrl } from "#lib/legrand/reply-urls/explain-reply-url.ts";

/** An authorization error as its page describes it. */
export type DescribedError = {
  code: string;
  title: string;
  explanation: string;
  /** The parameters at fault, as they arrived. */
  sent?: { name: string; value: string }[];
  /** The registered values that would have been right. */
  expected?: string[];
  /** How the sent value differs from the registered one, in one sentence. */
  difference?: string | null;
  /**
   * True if the registered values are withheld, because the viewer is neither the application's developer nor
   * a caller on this machine.
   */
  isWithheld?: boolean;
  applicationName: string | null;
  requestId: string;
  /** What the developer looks the request up by (decision 62). */
  reference: string;
};

/** The viewer of the page: the headers of the request, and the account that is signed in, if any. */
export type ErrorViewer = { headers: Headers; account: LegrandAccount | null };

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
      applicationName: null,
      requestId: "none",
      reference: "none",
    };
  }
  const application = error.clientId ? await findApplication(error.clientId) : null;
  const applicationName = application?.name ?? null;
  const common = {
    code: error.error,
    applicationName,
    requestId: error.requestId,
    reference: referenceOf(error.requestId),
  };
  if (error.error === "invalid_redirect_uri" && application) {
    return {
      ...common,
      title: "The reply URL does not match",
      explanation: `${application.name} asked us to send you to an address that it has not registered, so we stopped here.`,
      sent: [{ name: "redirect_uri", value: error.redirectUri ?? "" }],
      ...(await explainDifference(error, application, viewer)),
    };
  }
  if (error.error === "invalid_client") {
    return {
      ...common,
      title: "We do not know this application",
      explanation: "The link names an application that is not registered here, so we stopped.",
      difference: "Check the client_id: it is the GUID on the application’s Overview.",
    };
  }
  if (error.error === "not_found") {
    return {
      ...common,
      title: "Page not found",
      explanation: "The address is wrong, or it accepts only another HTTP method.",
    };
  }
  return {
    ...common,
    title: "We cannot answer this request",
    explanation: "Something in it is missing, wrong or too long, so we stopped here.",
    difference: sentenceOf(error.description),
  };
}

/**
 * Explains how the sent reply URL differs from the registered ones. Reply URLs name internal hosts and
 * unreleased products, and anyone can make a wrong link. So only the application's developer and a caller on
 * this machine see them (decision 51).
 */
async function explainDifference(
  { redirectUri }: SealedError,
  { clientId, replyUrls }: Application,
  viewer: ErrorViewer,
): Promise<Partial<DescribedError>> {
  const isDeveloper = viewer.account !== null && (await findOwned(viewer.account, clientId)) !== null;
  if (!isDeveloper && !isOnThisMachine(viewer.headers)) return { isWithheld: true };
  const { nearest, sentence } = explainReplyUrl(redirectUri ?? "", replyUrls);
  return { expected: nearest ? [nearest] : [], difference: sentence };
}

const sentenceOf = (text: string) => (text ? `${text[0]!.toUpperCase()}${text.slice(1)}.` : null);
