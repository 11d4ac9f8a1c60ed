import { describeScopes, type DescribedScope } from "#lib/connect/cloud/describe-scopes.ts";
import { MORE_SCOPES } from "#lib/connect/cloud/scopes.ts";
import type { LinkedAccount } from "#lib/connect/linked-accounts/store.ts";

type Account = Pick<LinkedAccount, "state" | "reconnectReason" | "requestedScopes" | "grantedScopes">;

/**
 * What an account has granted, for its list. `empty` is the sentence for an empty list. `summary` says it in a
 * few words, or is null if Connect does not know or the access has ended. `isOver` is true if Legrand ended the
 * access, so that none of the granted scopes works any more.
 */
export type GrantedPermissions = {
  scopes: DescribedScope[];
  empty: string;
  summary: string | null;
  isOver: boolean;
};

/** Describes the granted scopes of an account. Pure. */
export function describeGranted(account: Account): GrantedPermissions {
  const isOver = hasEnded(account);
  return {
    scopes: describeScopes(account.grantedScopes),
    empty: isUnsaid(account)
      ? "Legrand did not list them. What you allowed there applies."
      : "Nothing is granted.",
    summary: isOver ? null : summarize(account),
    isOver,
  };
}

/** A scope that is not granted. `isRefused` is true if Connect asked for it and the user did not allow it. */
export type AskableScope = DescribedScope & { isRefused: boolean };

/** Lists the scopes that Connect may ask for: those that the user refused, and those not asked for yet. */
export function listAskable(account: Account): AskableScope[] {
  const refused = listRefused(account);
  return describeScopes([...new Set([...refused, ...MORE_SCOPES])])
    .filter(({ name }) => !account.grantedScopes.includes(name))
    .map((scope) => ({ ...scope, isRefused: refused.includes(scope.name) }));
}

/**
 * True if the request named no scopes. If the token response named none either, only the user knows what they
 * granted.
 */
const isUnsaid = ({ requestedScopes }: Account) => requestedScopes.length === 0;

const hasEnded = ({ state, reconnectReason }: Account) =>
  state === "reconnect_needed" &&
  (reconnectReason === "revoked" || reconnectReason === "refresh_token_expired");

const listRefused = ({ requestedScopes, grantedScopes }: Account) =>
  requestedScopes.filter((scope) => !grantedScopes.includes(scope));

function summarize(account: Account): string | null {
  const [granted, refused] = [account.grantedScopes.length, listRefused(account).length];
  if (isUnsaid(account)) return granted > 0 ? `${granted} granted` : null;
  return refused > 0
    ? `${granted} granted, ${refused} not allowed`
    : "You granted everything that Connect asked for.";
}
