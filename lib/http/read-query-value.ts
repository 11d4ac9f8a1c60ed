/** The query of a page as Next passes it. */
export type PageQuery = Promise<Record<string, string | string[] | undefined>>;

/** Returns the first value of that name in the query of a page, or null. */
export async function readQueryValue(query: PageQuery, name: string): Promise<string | null> {
  return [(await query)[name]].flat()[0] ?? null;
}

/** Returns the whole query of a page, including repeated parameters. */
export async function readQuery(query: PageQuery): Promise<URLSearchParams> {
  return new URLSearchParams(
    Object.entries(await query).flatMap(([name, value]) => [value ?? []].flat().map((each) => [name, each])),
  );
}
