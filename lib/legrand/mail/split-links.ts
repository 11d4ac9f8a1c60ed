import type { TextPiece } from "#lib/legrand/mail/kept-mail.ts";

const ADDRESS = /(https?:\/\/\S+)/;

/**
 * The text in pieces, those that are addresses at our own origin with the path to go to: nothing else becomes
 * a link.
 */
export function splitLinks(text: string, origin: string): TextPiece[] {
  return text
    .split(ADDRESS)
    .filter(Boolean)
    .map((piece) => ({ text: piece, path: pathAt(piece, origin) }));
}

function pathAt(piece: string, origin: string): string | null {
  const url = piece.startsWith(`${origin}/`) ? URL.parse(piece) : null;
  // A path that begins with two slashes would be another site's address in a link.
  return url?.origin === origin && !url.pathname.startsWith("//")
    ? url.pathname + url.search + url.hash
    : null;
}
