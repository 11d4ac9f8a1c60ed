import type { ExportBatch } from "#lib/connect/admin/exports/export.ts";

const [BACKSLASH, LINE_FEED] = [0x5c, 0x0a];
/**
 * What follows a backslash, and what it stands for; any other byte stands for itself (PostgreSQL's manual,
 * COPY, "Text Format").
 */
const ESCAPED = new Map(
  [..."bfnrtv"].map((letter, index) => [letter.charCodeAt(0), "\b\f\n\r\t\v".charCodeAt(index)]),
);

/**
 * What COPY says of a single column, with its escapes undone: in place, since a million rows as texts of
 * JavaScript are more garbage than is collected in time. A piece may end anywhere, also behind a backslash.
 */
export async function* readCopied(pieces: AsyncIterable<Buffer>): AsyncGenerator<ExportBatch, void> {
  let isEscaped = false;
  for await (const piece of pieces) {
    let [length, count] = [0, 0];
    for (let place = 0; place < piece.length; place++) {
      const byte = piece[place]!;
      if (isEscaped) piece[length++] = ESCAPED.get(byte) ?? byte;
      else if (byte !== BACKSLASH) piece[length++] = byte;
      // A line feed of a text is escaped: one that is not ends a row.
      if (byte === LINE_FEED) count++;
      isEscaped = !isEscaped && byte === BACKSLASH;
    }
    yield { bytes: piece.subarray(0, length), count };
  }
}
