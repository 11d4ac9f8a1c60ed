import { Prisma } from "#lib/db/generated/client.ts";

/*
 * Conditions that apply `search_key` to the search as a generated column applies it to the stored text (decision 50): never `lower`, never
 * JavaScript on one of the two sides. A search whose key is empty (an accent alone) finds nothing: its pattern would find everything.
 */

/**
 * The condition that a column with search keys begins with this text. An index on the column, in byte order,
 * finds the rows.
 */
export function keyBeginsWith(column: Prisma.Sql, text: string): Prisma.Sql {
  return Prisma.sql`(${column} LIKE search_pattern(search_key(${text})) || '%' AND ${isSearchable(text)})`;
}

/** The condition that a column with search keys has this text anywhere. */
export function keyContains(column: Prisma.Sql, text: string): Prisma.Sql {
  return Prisma.sql`(${column} LIKE '%' || search_pattern(search_key(${text})) || '%' AND ${isSearchable(text)})`;
}

/**
 * The condition that a column with spelled search keys (`search_spelling`) has this text anywhere. A trigram
 * index on the column finds the rows.
 */
export function spellingContains(column: Prisma.Sql, text: string): Prisma.Sql {
  return Prisma.sql`(${column} LIKE '%' || search_pattern(search_spelling(search_key(${text}))) || '%' AND ${isSearchable(text)})`;
}

const isSearchable = (text: string) => Prisma.sql`search_key(${text}) <> ''`;
