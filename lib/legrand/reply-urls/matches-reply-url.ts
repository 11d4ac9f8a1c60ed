/**
 * True if `sent` is one of the registered reply URLs, byte for byte, loopback included (Works with Legrand,
 * EXACT). URLs are not parsed, and no difference is tolerated.
 */
export function matchesReplyUrl(registered: readonly string[], sent: string): boolean {
  return registered.includes(sent);
}
