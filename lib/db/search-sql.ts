import { Prisma } from "#lib/db/generated/client.ts";

/*
 * Conditions that apply `search_key` to the search just as a generated column applies it to the stored text
 * (decision 50): never `lower`, and never JavaScript on only one of the two sides. A search whose key is
 * empty (an accent alone) finds nothing, because its pattern would match everything.
 */

/**
 * Returns the condition that a column with search keys begins with this text. An index on the column, in byte
 * order, finds the rows.
 */
export function keyBeginsWith(column: Prisma.Sql, text: string): Prisma.Sql {
  return Prisma.sql`(${column} LIKE search_pattern(search_key(${text})) || '%' AND ${isSearchable(text)})`;
}

/** Returns the condition that a column with search keys contains this text. */
export function keyContains(column: Prisma.Sql, text: string): Prisma.Sql {
  return Prisma.sql`(${column} LIKE '%' || search_pattern(search_key(${text})) || '%' AND ${isSearchable(text)})`;
}

/**
 * Returns the condition that a column with spelled search keys (`search_spelling`) contains this text. A
 * trigram index on the column finds the rows.
 */
export function spellingContains(column: Prisma.Sql, text: string): Prisma.Sql {
  return Prisma.sql`(${column} LIKE '%' || search_pattern(search_spelling(search_key(${text}))) || '%' AND ${isSearchable(text)})`;
}

const isSearchable = (text: string) => Prisma.sql`search_key(${text}) <> ''`;
