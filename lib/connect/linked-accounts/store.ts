import "server-only";

import type { SignedInUser } from "#lib/connect/signed-in-user.ts";
import { now } from "#lib/clock.ts";
import { openToken, sealToken, type TokenColumn } from "#lib/connect/sealed-tokens/seal-token.ts";
import { database } from "#lib/db/client.ts";

/** The answer of a token endpoint, about to be kept. Times are moments, tokens are plaintext. */
export type Connection = {
  userId: string;
  type: string;
  provider: string;
  providerAccountId: string;
  name: string | null;
  email: string | null;
  accessToken: string;
  refreshToken: string | null;
  tokenType: string | null;
  accessTokenExpiresAt: Date | null;
  refreshTokenExpiresAt: Date | null;
  requestedScopes: string[];
  grantedScopes: string[];
};

/**
 * Stores a connection, whether it is the first one or a renewed consent: scopes, tokens and times are the new ones
 * afterwards (next-auth leaves an existing row as it is). Tokens are encrypted here, on their way in.
 */
export async function saveConnection(connection: Connection): Promise<void> {
  const { provider, providerAccountId, userId, type, accessToken, refreshToken, ...rest } = connection;
  const seal = (value: string | null, column: TokenColumn) => value === null ? null : sealToken(value, connection, column);
  const values = {
    ...rest, state: "connected" as const, authorizedAt: now(),
    accessToken: seal(accessToken, "accessToken"), refreshToken: seal(refreshToken, "refreshToken"),
  };
  await database().account.upsert({
    where: { provider_providerAccountId: { provider, providerAccountId } },
    create: { ...values, provider, providerAccountId, userId, type },
    update: values,
  });
}

const SHOWN = {
  id: true, providerAccountId: true, name: true, email: true, state: true, requestedScopes: true, grantedScopes: true,
  connectedAt: true, authorizedAt: true, accessTokenExpiresAt: true, refreshTokenExpiresAt: true,
  reconnectReason: true, withdrawnScopes: true, trouble: true, retryAt: true, disconnectedAt: true,
} as const;

/** A linked account as its owner sees it: without a token. */
export type LinkedAccount = Awaited<ReturnType<typeof listLinkedAccounts>>[number];

/** The Legrand accounts that this user connected, the latest first. */
export function listLinkedAccounts(user: SignedInUser) {
  return database().account.findMany({ where: { userId: user.userId }, select: SHOWN, orderBy: { authorizedAt: "desc" } });
}

/** The refresh token of one of this user's linked accounts in plaintext, for the token endpoint only; null without one, or where its key is gone. */
export async function findRefreshToken(user: SignedInUser, id: string): Promise<string | null> {
  const account = await database().account.findFirst({
    where: { id, userId: user.userId }, select: { provider: true, providerAccountId: true, refreshToken: true },
  });
  return account?.refreshToken ? openToken(account.refreshToken, account, "refreshToken") : null;
}

/**
 * Takes one of this user's linked accounts away with its tokens, and with the last one the user and the sessions. Returns
 * whether there was one.
 */
export async function deleteLinkedAccount(user: SignedInUser, id: string): Promise<boolean> {
  const [{ count }] = await database().$transaction([
    database().account.deleteMany({ where: { id, userId: user.userId } }),
    database().user.deleteMany({ where: { id: user.userId, accounts: { none: {} } } }),
  ]);
  return count > 0;
}
