import { nameScope, orderScopes, withoutIdentity, type NamedScope } from "#lib/connect/cloud/scopes.ts";
import {
  describeState,
  type DescribableAccount,
  type DescribedState,
} from "#lib/connect/linked-accounts/describe-state.ts";

/**
 * A linked account as the list shows it. `accessEndsAt` is null where there is no access, or nothing says
 * when it ends.
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

type Row = DescribableAccount &
  Pick<ListedAccount, "id" | "providerAccountId" | "name" | "email" | "connectedAt" | "renewedAt"> & {
    grantedScopes: string[];
    accessEndsAt: Date;
  };

/** The database's word for "nobody knows when": it sorts after every moment. */
const NEVER_YEAR = 9999;

/** A row in words, at that moment. Pure. */
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

/** Who somebody is, nearly everybody has granted: what tells accounts apart comes first. */
function tellingFirst(scopes: string[]): string[] {
  const ordered = orderScopes(scopes);
  return [...new Set([...withoutIdentity(ordered), ...ordered])];
}
