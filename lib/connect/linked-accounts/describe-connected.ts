import type { BegunRequest } from "#lib/connect/flows/begun-request.ts";

/** The parts of a linked account that distinguish it from others. */
type Account = {
  id: string;
  name: string | null;
  email: string | null;
  connectedAt: Date;
  authorizedAt: Date;
};

/** A sentence for the top of the account page. */
export type ConnectedNotice = { tone: "success" | "info" | "warning"; text: string };

/** Returns the account that came back from Legrand since the request began, or null if none did. */
export function findReturned<A extends Pick<Account, "authorizedAt">>(
  { begun }: BegunRequest,
  accounts: readonly A[],
): A | null {
  const [back = null] = accounts
    .filter(({ authorizedAt }) => authorizedAt >= new Date(begun))
    .sort((a, b) => b.authorizedAt.getTime() - a.authorizedAt.getTime());
  return back;
}

/**
 * Describes the result of an authorization request. The account that came back from Legrand may differ from
 * the one that was meant, and there may have been nothing new to ask. `isChanged` is true if the history of
 * the returned account has an entry since the request began. Returns null if there is nothing to say.
 */
export function describeConnected(
  request: BegunRequest,
  accounts: readonly Account[],
  isChanged: boolean,
): ConnectedNotice | null {
  const back = findReturned(request, accounts);
  if (!back) return null;
  const isNew = back.connectedAt >= new Date(request.begun);
  const name = nameOf(back);
  if (request.intent === "another") {
    return isNew
      ? { tone: "success", text: `${name} is connected.` }
      : {
          tone: "info",
          text: `This account was connected already: ${name}. Its access is renewed, and nothing was added.`,
        };
  }
  const meant = accounts.find(({ id }) => id === request.account);
  if (meant && meant.id !== back.id)
    return {
      tone: "warning",
      text: `You signed in at Legrand as ${name}: that account is renewed. ${nameOf(meant)} has not changed.`,
    };
  if (request.intent === "reconnect") return { tone: "success", text: `${name} is connected again.` };
  if (isNew) return null;
  if (isChanged) return { tone: "success", text: `The permissions of ${name} were changed as you chose.` };
  return { tone: "info", text: UNCHANGED[request.intent](name) };
}

const again = (name: string) =>
  `Nothing new was granted: ${name} was already connected, and its permissions have not changed. Its access is renewed.`;

const UNCHANGED: Record<"connect" | "choose" | "more" | "change", (name: string) => string> = {
  connect: again,
  choose: again,
  more: (name) => `Nothing was added: the permissions of ${name} have not changed.`,
  change: (name) => `Nothing was changed: the permissions of ${name} are the same.`,
};

const nameOf = ({ name, email }: Account) => email ?? name ?? "your Legrand account";
