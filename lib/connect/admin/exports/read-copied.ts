import type { ExportBatch } from "#lib/connect/admin/exports/export.ts";

const [BACKSLASH, LINE_FEED] = [0x5c, 0x0a];
/**
 * The character after a backslash, and the byte that it stands for. Any other byte stands for itself
 * (PostgreSQL manual, COPY, "Text Format").
 */
const ESCAPED = new Map(
  [..."bfnrtv"].map((letter, index) => [letter.charCodeAt(0), "\b\f\n\r\t\v".charCodeAt(index)]),
);

/**
 * Decodes COPY output of a single column. Undoes the escapes in place, because a million rows as JavaScript
 * strings would make more garbage than can be collected in time. A chunk may end anywhere, even after a
 * backslash.
 */
export async function* readCopied(pieces: AsyncIterable<Buffer>): AsyncGenerator<ExportBatch, void> {
  let isEscaped = false;
  for await (const piece of pieces) {
    let [length, count] = [0, 0];
    for (let place = 0; place < piece.length; place++) {
      const byte = piece[place]!;
      if (isEscaped) piece[length++] = ESCAPED.get(byte) ?? byte;
      else if (byte !== BACKSLASH) piece[length++] = byte;
      // A line feed inside a value is escaped, so an unescaped one ends a row.
      if (byte === LINE_FEED) count++;
      isEscaped = !isEscaped && byte === BACKSLASH;
    }
    yield { bytes: piece.subarray(0, length), count };
  }
}
