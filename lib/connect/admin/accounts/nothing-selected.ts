const NAME = "selected";
const VALUE = "none";

/** Returns the list's address with the fact that its form was sent without a selection. */
export function withNothingSelected(listHref: string): string {
  return `${listHref}${listHref.includes("?") ? "&" : "?"}${NAME}=${VALUE}`;
}

/** True if the list's form was sent without a selection. */
export function isNothingSelected(query: URLSearchParams): boolean {
  return query.getAll(NAME).includes(VALUE);
}
