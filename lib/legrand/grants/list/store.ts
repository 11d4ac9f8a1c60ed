import "server-only";

import { database } from "#lib/db/client.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { ThirdParty } from "#lib/legrand/grants/list/third-party.ts";
import { cutPage, type PageCursor } from "#lib/page-cursor.ts";

const PAGE_SIZE = 20;

const SELECT = {
  id: true, clientId: true, grantedScopes: true, createdAt: true, lastUsedAt: true,
  application: { select: { name: true, vendor: true, url: true, logoPath: true, state: true } },
} as const;

const flat = <Row extends { application: object }>({ application, ...grant }: Row) => ({ ...grant, ...(application as Row["application"]) });

/** The applications that this account let in, the latest first, from behind `before` on. */
export async function listThirdParties(account: LegrandAccount, before: PageCursor | null): Promise<{ thirdParties: ThirdParty[]; next: string | null }> {
  const behind = before && { OR: [{ createdAt: { lt: before.at } }, { createdAt: before.at, clientId: { lt: before.id } }] };
  const found = await database().grant.findMany({
    where: { accountId: account.id, ...behind }, select: SELECT, take: PAGE_SIZE + 1, orderBy: [{ createdAt: "desc" }, { clientId: "desc" }],
  });
  const { rows, next } = cutPage(found, PAGE_SIZE, ({ createdAt, clientId }) => ({ at: createdAt, id: clientId }));
  return { thirdParties: rows.map(flat), next };
}

/** The access that this account gave to that application, or null. */
export async function findThirdParty(account: LegrandAccount, clientId: string): Promise<ThirdParty | null> {
  const row = await database().grant.findUnique({ where: { accountId_clientId: { accountId: account.id, clientId } }, select: SELECT });
  return row && flat(row);
}
