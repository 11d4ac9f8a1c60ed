/**
 * Whether `sent` is one of the registered reply URLs: the same bytes, loopback included (Works with Legrand,
 * EXACT). No URL is parsed and nothing is forgiven.
 */
export function matchesReplyUrl(registered: readonly string[], sent: string): boolean {
  return registered.includes(sent);
}
