import { formatCursor } from "#lib/connect/admin/accounts/list-schema.ts";
import type { SizedServer } from "#tests/bench/admin/sized-server.ts";

/**
 * A page to measure. `aim` is how many times slower it may be with the most accounts than with the fewest.
 */
export type MeasuredPage = { name: string; path: string; aim: number };

const PAGE_AIM = 1.5;
const SEARCH_AIM = 3;

type Found = { id: string; email: string; connected_at: Date };

/** Returns the pages, with addresses that match the contents of this database. */
export async function listPages({ database, size }: SizedServer): Promise<MeasuredPage[]> {
  const find = async (sql: string) => (await database.query<Found>(sql)).rows[0]!;
  const deep = await find(
    `SELECT id, email, connected_at FROM connect_account WHERE provider_account_id LIKE 'seeded-%' ORDER BY connected_at DESC OFFSET ${Math.floor(size * 0.6)} LIMIT 1`,
  );
  const deepByName = await find(
    `SELECT id, listed_name AS email, connected_at FROM connect_account WHERE listed_name <> '' ORDER BY listed_name OFFSET ${Math.floor(size * 0.4)} LIMIT 1`,
  );
  const one = await find(
    "SELECT id, email, connected_at FROM connect_account WHERE provider_account_id LIKE 'seeded-%' AND state = 'disconnected' LIMIT 1",
  );
  const list = (query: Record<string, string>) => `/admin/linked-accounts?${new URLSearchParams(query)}`;
  const known = await find(
    "SELECT id, email, connected_at FROM connect_account WHERE email LIKE '%.%.%@%' AND email = lower(email) ORDER BY id LIMIT 1",
  );
  return [
    { name: "first page", path: "/admin/linked-accounts", aim: PAGE_AIM },
    {
      name: "a deep page",
      path: list({
        after: formatCursor("connected", { values: [deep.connected_at.toISOString()], id: deep.id }),
      }),
      aim: PAGE_AIM,
    },
    {
      name: "a deep page by name",
      path: list({
        sort: "person",
        direction: "ascending",
        after: formatCursor("person", { values: [deepByName.email], id: deepByName.id }),
      }),
      aim: PAGE_AIM,
    },
    { name: "search: a part of one e-mail", path: list({ q: known.email.slice(2, -4) }), aim: SEARCH_AIM },
    { name: "search: a part of many e-mails", path: list({ q: "rossi" }), aim: SEARCH_AIM },
    { name: "search: a part of none", path: list({ q: "nobody.has.this" }), aim: SEARCH_AIM },
    { name: "filter by state", path: list({ state: "reconnect_needed" }), aim: PAGE_AIM },
    { name: "filter by a rare scope", path: list({ scope: "lock.read" }), aim: PAGE_AIM },
    // Even with a thousand accounts this is a whole page. Only the number of rows to search differs.
    {
      name: "filter by state and scope",
      path: list({ state: "disconnected", scope: "comfort.write" }),
      aim: PAGE_AIM,
    },
    {
      name: "filter by state and a rarer scope",
      path: list({ state: "reconnect_needed", scope: "plug.write" }),
      aim: PAGE_AIM,
    },
    { name: "one account", path: `/admin/linked-accounts/${one.id}`, aim: PAGE_AIM },
    { name: "overview", path: "/admin", aim: PAGE_AIM },
    { name: "overview, 365 days", path: "/admin?days=365", aim: PAGE_AIM },
    { name: "audit log", path: "/admin/audit", aim: PAGE_AIM },
  ];
}
