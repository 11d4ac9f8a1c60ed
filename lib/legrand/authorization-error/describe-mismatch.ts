import { isOnThisMachine } from "#lib/http/this-machine.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { findOwned } from "#lib/legrand/applications/owned.ts";
import type { Application } from "#lib/legrand/applications/store.ts";
import { describeOffer, type RegistrationOffer } from "#lib/legrand/authorization-error/describe-offer.ts";
import type { SealedError } from "#lib/legrand/authorization-server/shown-error.ts";
import { explainReplyUrl, type ExplainedReplyUrl } from "#lib/legrand/reply-urls/explain-reply-url.ts";

/** The viewer of the page: the headers of the request, and the account that is signed in, if any. */
export type ErrorViewer = { headers: Headers; account: LegrandAccount | null };

/** A wrong reply URL as the viewer of the page may see it. */
export type DescribedMismatch = {
  /** The `redirect_uri` as it arrived, or its first 2,000 characters. */
  sent: string;
  /** The comparison with the registered reply URLs, or null if the viewer may not see them. */
  explained: ExplainedReplyUrl | null;
  /** What the application's developer can do, or null for every other viewer. */
  offer: RegistrationOffer | null;
};

/**
 * Compares the sent reply URL with the registered ones. Reply URLs name internal hosts and unreleased
 * products, and anyone can make a wrong link. So only the application's developer and a caller on this machine
 * see them (decision 51). Only the developer can register one.
 */
export async function describeMismatch(
  error: SealedError,
  application: Application,
  { account, headers }: ErrorViewer,
): Promise<DescribedMismatch> {
  const sent = error.redirectUri ?? "";
  const owned = account && (await findOwned(account, application.clientId));
  if (!owned && !isOnThisMachine(headers)) return { sent, explained: null, offer: null };
  return {
    sent,
    explained: explainReplyUrl(sent, { ...application, length: error.redirectUriLength }),
    offer: account && owned ? describeOffer(account, owned, error) : null,
  };
}
