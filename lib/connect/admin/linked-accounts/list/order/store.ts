import "server-only";

import { NO_FILTER, type AccountFilter } from "#lib/connect/admin/linked-accounts/filter-schema.ts";
import { filterSql, storedStates } from "#lib/connect/admin/linked-accounts/filter/store.ts";
import type { ListRequest, Position, Sort } from "#lib/connect/admin/linked-accounts/list/list-schema.ts";
import { Prisma } from "#lib/db/generated/client.ts";

type Column = { name: string; type: "text" | "int" | "timestamptz" };

/** What each order compares, before the id. */
export const COLUMNS: Record<Sort, readonly Column[]> = {
  person: [{ name: "listed_name", type: "text" }],
  email: [{ name: "listed_email", type: "text" }],
  legrand_id: [{ name: "provider_account_id", type: "text" }],
  scopes: [{ name: "scope_count", type: "int" }],
  state: [
    { name: "listed_state", type: "text" },
    { name: "connected_at", type: "timestamptz" },
  ],
  connected: [{ name: "connected_at", type: "timestamptz" }],
  refreshed: [{ name: "renewed_at", type: "timestamptz" }],
  access_ends: [{ name: "access_ends_at", type: "timestamptz" }],
};

type Order = Pick<ListRequest, "sort" | "direction" | "from">;

/**
 * Whether rows are read against the direction that they are shown in: the page before a place is read
 * backwards from it.
 */
export const isReversed = ({ from }: Pick<Order, "from">): boolean => from?.towards === "before";

/**
 * `ORDER BY` of the rows as they are read, on the columns of `a`. The id decides between equals: no two rows
 * have the same place.
 */
export function orderSql(order: Order): Prisma.Sql {
  const isDescending = (order.direction === "descending") !== isReversed(order);
  return Prisma.raw(
    [...COLUMNS[order.sort].map(({ name }) => `a.${name}`), "a.id"]
      .map((name) => `${name} ${isDescending ? "DESC" : "ASC"}`)
      .join(", "),
  );
}

/**
 * The condition that a row lies beyond the place that the page begins at; always, for the first page. One
 * comparison of rows: an index begins there.
 */
export function beyondSql(order: Order): Prisma.Sql {
  if (!order.from) return Prisma.sql`TRUE`;
  const isDescending = (order.direction === "descending") !== isReversed(order);
  const columns = COLUMNS[order.sort];
  const names = [...columns.map(({ name }) => `a.${name}`), "a.id"].join(", ");
  return Prisma.sql`(${Prisma.raw(names)}) ${Prisma.raw(isDescending ? "<" : ">")} (${Prisma.join(valuesOf(columns, order.from.position))})`;
}

function valuesOf(columns: readonly Column[], { values, id }: Position): Prisma.Sql[] {
  return [
    ...columns.map(({ type }, index) => Prisma.sql`${values[index]}::${Prisma.raw(type)}`),
    Prisma.sql`${id}::uuid`,
  ];
}

/**
 * What the filter says of the very column that is sorted by: there the walk begins or ends, instead of
 * passing rows by.
 */
export function rangeSql(sort: Sort, filter: AccountFilter, at: Date): Prisma.Sql {
  const { state, connectedFrom, connectedTo, notRefreshedSince } = filter;
  if (sort === "connected") return filterSql({ ...NO_FILTER, state, connectedFrom, connectedTo }, at);
  if (sort === "refreshed") return filterSql({ ...NO_FILTER, state, notRefreshedSince }, at);
  return sort === "access_ends" ? filterSql({ ...NO_FILTER, state }, at) : Prisma.sql`TRUE`;
}

/**
 * The pieces that the whole order is merged from, as conditions: an index begins with the state, so that
 * there is a piece for each. The order of states needs one piece; that of Legrand ids has an index of its
 * own.
 */
export function piecesSql(sort: Sort, filter: AccountFilter): Prisma.Sql[] {
  if (sort === "legrand_id") return [Prisma.sql`a.provider = 'legrand'`];
  if (sort === "state")
    return [
      filter.state === null ? Prisma.sql`TRUE` : Prisma.sql`a.listed_state = ${storedStates(filter)[0]}`,
    ];
  return storedStates(filter).map((state) => Prisma.sql`a.listed_state = ${state}`);
}
