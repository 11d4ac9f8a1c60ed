import { randomUUID } from "node:crypto";

import { encrypt } from "#lib/crypto/encrypt.ts";
import type { Database } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";

/**
 * Columns of a linked account that a test sets. By default its access token has expired and its refresh token
 * has not.
 */
export type WantedAccount = Partial<Prisma.AccountUncheckedCreateInput> & {
  plainAccessToken?: string;
  plainRefreshToken?: string | null;
};

/** Makes a linked account of a new user, with encrypted tokens. Times are from the process's clock. */
export async function makeLinkedAccount(
  client: Database["client"],
  {
    plainAccessToken = "stored-access-token",
    plainRefreshToken = "stored-refresh-token",
    ...columns
  }: WantedAccount = {},
) {
  const providerAccountId = randomUUID();
  const seal = (token: string | null, column: string) =>
    token && encrypt(token, `legrand:${providerAccountId}:${column}`);
  const user = await client.user.create({ data: { name: "Camille" } });
  return client.account.create({
    data: {
      userId: user.id,
      type: "oauth",
      provider: "legrand",
      providerAccountId,
      tokenVersion: 1,
      requestedScopes: ["topology.read", "comfort.read"],
      grantedScopes: ["topology.read", "comfort.read"],
      accessToken: seal(plainAccessToken, "accessToken"),
      refreshToken: seal(plainRefreshToken, "refreshToken"),
      accessTokenExpiresAt: inSeconds(-60),
      refreshTokenExpiresAt: inSeconds(60 * 24 * 60 * 60),
      ...columns,
    },
  });
}

/** Returns the time that many seconds from now. */
export const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);
