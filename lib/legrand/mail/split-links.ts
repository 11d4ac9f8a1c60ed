import type { TextPiece } from "#lib/legrand/mail/kept-mail.ts";

const ADDRESS = /(https?:\/\/\S+)/;

/**
 * Splits the text into pieces. A piece that is an address at this origin gets the path to link to; nothing
 * else becomes a link.
 */
export function splitLinks(text: string, origin: string): TextPiece[] {
  return text
    .split(ADDRESS)
    .filter(Boolean)
    .map((piece) => ({ text: piece, path: pathAt(piece, origin) }));
}

function pathAt(piece: string, origin: string): string | null {
  const url = piece.startsWith(`${origin}/`) ? URL.parse(piece) : null;
  // As a link, a path that begins with two slashes would be the address of another site.
  return url?.origin === origin && !url.pathname.startsWith("//")
    ? url.pathname + url.search + url.hash
    : null;
}
