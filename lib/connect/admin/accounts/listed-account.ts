import { nameScope, orderKnownScopes, withoutIdentity, type NamedScope } from "#lib/connect/cloud/scopes.ts";
import {
  describeState,
  type DescribableAccount,
  type DescribedState,
} from "#lib/connect/linked-accounts/describe-state.ts";

/**
 * A linked account as the list shows it. `accessEndsAt` is null if there is no access, or if its end is
 * unknown.
 */
export type ListedAccount = {
  id: string;
  providerAccountId: string;
  name: string | null;
  email: string | null;
  scopes: NamedScope[];
  state: DescribedState;
  connectedAt: Date;
  renewedAt: Date;
  accessEndsAt: Date | null;
};

/** A listed account with its Legrand id shortened to an end that no other account of its page has. */
export type AccountOnPage = ListedAccount & { shortId: string };

type Row = DescribableAccount &
  Pick<ListedAccount, "id" | "providerAccountId" | "name" | "email" | "connectedAt" | "renewedAt"> & {
    grantedScopes: string[];
    accessEndsAt: Date;
  };

/** The year that the database uses for "end unknown", so that it sorts after every other time. */
const NEVER_YEAR = 9999;

/** Describes a row in words, at `at`. Pure. */
export function describeListed(
  { id, providerAccountId, name, email, connectedAt, renewedAt, ...row }: Row,
  at: Date,
): ListedAccount {
  const isKnown = row.state !== "disconnected" && row.accessEndsAt.getUTCFullYear() < NEVER_YEAR;
  return {
    id,
    providerAccountId,
    name,
    email,
    connectedAt,
    renewedAt,
    accessEndsAt: isKnown ? row.accessEndsAt : null,
    scopes: tellingFirst(row.grantedScopes).map(nameScope),
    state: describeState(row, at),
  };
}

/**
 * Puts the scopes that distinguish accounts first, because nearly every account has granted the identity
 * scopes.
 */
function tellingFirst(scopes: string[]): string[] {
  const ordered = orderKnownScopes(scopes);
  return [...new Set([...withoutIdentity(ordered), ...ordered])];
}
