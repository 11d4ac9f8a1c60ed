/**
 * Returns the path of a linked account's page. With a request id, the page also shows the result of that
 * request.
 */
export function accountHref(id: string, requestId?: string): string {
  return `/admin/linked-accounts/${id}${requestId === undefined ? "" : `?${new URLSearchParams({ request: requestId })}`}`;
}
