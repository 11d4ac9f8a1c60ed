/** The page of a linked account; with a request, the one that says what came of it. */
export function accountHref(id: string, requestId?: string): string {
  return `/admin/linked-accounts/${id}${requestId === undefined ? "" : `?${new URLSearchParams({ request: requestId })}`}`;
}
