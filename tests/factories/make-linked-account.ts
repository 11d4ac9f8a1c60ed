import { randomUUID } from "node:crypto";

import { encrypt } from "#lib/crypto/encrypt.ts";
import type { Database } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";

/**
 * What a test wants of a linked account; by default its access token has ended and its refresh token has not.
 */
export type WantedAccount = Partial<Prisma.AccountUncheckedCreateInput> & {
  plainAccessToken?: string;
  plainRefreshToken?: string | null;
};

/** Makes a linked account of a user of its own, with sealed tokens. Times are the process's clock. */
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

/** That many seconds from now. */
export const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);
