/**
 * Reads a CSV file strictly by RFC 4180 §2: quotes only around a whole field or doubled within one, CRLF
 * after each record. Throws if the file breaks a rule.
 */
export function readCsv(file: string): string[][] {
  const records: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const text = file.replace(/^\uFEFF/, "");
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (!match) throw new Error(`No field of RFC 4180 at ${at}: ${JSON.stringify(text.slice(at, at + 60))}`);
    records.at(-1)!.push(match[1]?.replaceAll('""', '"') ?? match[2]!);
    if (match[3] === "\r\n") records.push([]);
  }
  return records.slice(0, -1);
}
