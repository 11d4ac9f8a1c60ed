import "server-only";

import { now } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { ClientId } from "#lib/legrand/applications/client-id.ts";
import { absoluteEndOf } from "#lib/legrand/grants/refresh-lifetime.ts";
import { mapSharedHomes } from "#lib/legrand/grants/shared-homes.store.ts";
import type { ThirdParty } from "#lib/legrand/grants/third-party.ts";
import { cutPage, type PageCursor } from "#lib/page-cursor.ts";

const PAGE_SIZE = 20;

const SELECT = {
  id: true,
  clientId: true,
  grantedScopes: true,
  createdAt: true,
  lastUsedAt: true,
  application: { select: { name: true, vendor: true, url: true, logoPath: true, state: true } },
} as const;

const flat = <Row extends { application: object }>({ application, ...grant }: Row) => ({
  ...grant,
  ...(application as Row["application"]),
});

/** Lists the applications to which this account gave access, newest first, starting after `before`. */
export async function listThirdParties(
  account: LegrandAccount,
  before: PageCursor | null,
): Promise<{ thirdParties: ThirdParty[]; next: string | null }> {
  const behind = before && {
    OR: [{ createdAt: { lt: before.at } }, { createdAt: before.at, clientId: { lt: before.id } }],
  };
  const found = await database().grant.findMany({
    where: { accountId: account.id, ...behind },
    select: SELECT,
    take: PAGE_SIZE + 1,
    orderBy: [{ createdAt: "desc" }, { clientId: "desc" }],
  });
  const { rows, next } = cutPage(found, PAGE_SIZE, ({ createdAt, clientId }) => ({
    at: createdAt,
    id: clientId,
  }));
  return { thirdParties: await withHomes(account, await withEnds(rows.map(flat))), next };
}

/** Returns the access that this account gave to the application, or null. */
export async function findThirdParty(
  account: LegrandAccount,
  clientId: ClientId,
): Promise<ThirdParty | null> {
  const row = await database().grant.findUnique({
    where: { accountId_clientId: { accountId: account.id, clientId } },
    select: SELECT,
  });
  const [thirdParty = null] = row ? await withHomes(account, await withEnds([flat(row)])) : [];
  return thirdParty;
}

/**
 * Adds when each access ends at the latest, in one query. A grant may have several refresh tokens; the one
 * that began last counts. A used refresh token counts if the application chose former tokens, because it still
 * works (decision 18).
 */
async function withEnds<Row extends { id: string }>(rows: Row[]): Promise<(Row & { endsAt: Date | null })[]> {
  const found = await database().$queryRaw<{ grantId: string; began: number }[]>`
    SELECT t.grant_id AS "grantId", max(COALESCE((t.payload->>'iiat')::float8, (t.payload->>'iat')::float8)) AS began
    FROM legrand_artifact t JOIN legrand_grant g ON g.id = t.grant_id JOIN legrand_application a ON a.client_id = g.client_id
    WHERE t.grant_id = ANY(${rows.map(({ id }) => id)}::text[]) AND t.kind IN ('RefreshToken', 'AuthorizationCode')
      AND t.expires_at > ${now()}::timestamptz
      AND (t.consumed_at IS NULL OR (t.kind = 'RefreshToken' AND a.refresh_policy = 'former')) GROUP BY t.grant_id`;
  const live = found
    .map(({ grantId, began }) => ({ grantId, endsAt: new Date(absoluteEndOf({ iiat: began }) * 1000) }))
    .filter(({ endsAt }) => endsAt > now());
  const ends = new Map(live.map(({ grantId, endsAt }) => [grantId, endsAt]));
  return rows.map((row) => ({ ...row, endsAt: ends.get(row.id) ?? null }));
}

/** Adds which homes each application may see, in one query. */
async function withHomes<Row extends { clientId: string }>(
  account: LegrandAccount,
  rows: Row[],
): Promise<(Row & Pick<ThirdParty, "sharedHomes">)[]> {
  const clientIds = rows.map(({ clientId }) => clientId);
  const homes = await mapSharedHomes(account.id, clientIds);
  return rows.map((row) => ({ ...row, sharedHomes: homes.get(row.clientId)! }));
}
