import "server-only";

import { NO_FILTER, type AccountFilter } from "#lib/connect/admin/accounts/filter-schema.ts";
import { filterSql, storedStates } from "#lib/connect/admin/accounts/filter.store.ts";
import type { ListRequest, Position, Sort } from "#lib/connect/admin/accounts/list-schema.ts";
import { Prisma } from "#lib/db/generated/client.ts";

type Column = { name: string; type: "text" | "int" | "timestamptz" };

/** The columns that each sort order compares, before the id. */
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
 * True if rows are read in the opposite of the displayed direction. The page before a cursor is read
 * backwards from it.
 */
export const isReversed = ({ from }: Pick<Order, "from">): boolean => from?.towards === "before";

/**
 * Returns `ORDER BY` for the rows as they are read, on the columns of `a`. The id breaks ties, so that no two
 * rows have the same position.
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
 * Returns the condition for rows beyond the page's cursor; for the first page it is always true. It is a
 * single row comparison, so that an index scan can start there.
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
 * Returns the part of the filter that restricts the sort column itself. The scan then starts or ends there,
 * instead of skipping rows.
 */
export function rangeSql(sort: Sort, filter: AccountFilter, at: Date): Prisma.Sql {
  const { state, connectedFrom, connectedTo, notRefreshedSince } = filter;
  if (sort === "connected") return filterSql({ ...NO_FILTER, state, connectedFrom, connectedTo }, at);
  if (sort === "refreshed") return filterSql({ ...NO_FILTER, state, notRefreshedSince }, at);
  return sort === "access_ends" ? filterSql({ ...NO_FILTER, state }, at) : Prisma.sql`TRUE`;
}

/**
 * Returns the conditions of the parts from which the whole order is merged. An index begins with the state,
 * so there is one part for each state. Sorting by state needs only one part, and sorting by Legrand id has an
 * index of its own.
 */
export function piecesSql(sort: Sort, filter: AccountFilter): Prisma.Sql[] {
  if (sort === "legrand_id") return [Prisma.sql`a.provider = 'legrand'`];
  if (sort === "state")
    return [
      filter.state === null ? Prisma.sql`TRUE` : Prisma.sql`a.listed_state = ${storedStates(filter)[0]}`,
    ];
  return storedStates(filter).map((state) => Prisma.sql`a.listed_state = ${state}`);
}
