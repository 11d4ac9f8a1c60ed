import type { BegunRequest } from "#lib/connect/flows/begun-request.ts";
import { NOTICE_LIFETIME_SECONDS, type LeavingOutcome } from "#lib/connect/disconnecting/describe-leaving.ts";
import { flashCookie } from "#lib/http/flash-cookie.ts";

/** The result of a step that led to the start page or to the account page. */
export type AccountNotice =
  | { about: "connected"; request: BegunRequest }
  | { about: "denied" }
  /** A form named a device that Legrand does not find: it is gone, or its home is no longer shared. */
  | { about: "device_not_found" }
  | { about: "disconnected" | "deleted"; outcome: LeavingOutcome }
  | { about: "last_administrator" };

/** The notice that carries the result of a step to the next page. It is shown once. */
export const accountNotice = flashCookie<AccountNotice>({
  owner: "connect",
  name: "notice",
  context: "account-notice",
  path: "/",
  lifetimeSeconds: NOTICE_LIFETIME_SECONDS,
  shownOnceOn: ["/", "/account"],
});
