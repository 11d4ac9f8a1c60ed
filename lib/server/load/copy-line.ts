/** A value for a column: null, text, a number, a moment, an array of plain words, or JSON. */
export type CopyValue = null | string | number | Date | readonly string[] | { json: unknown };

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/**
 * Returns one row in the text format of PostgreSQL's COPY (its manual, COPY, "File Formats"), with its line
 * feed.
 */
export function copyLine(values: readonly CopyValue[]): string {
  return `${values.map(field).join("\t")}\n`;
}

function field(value: CopyValue): string {
  if (value === null) return "\\N";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return escape(value);
  if (value instanceof Date) return value.toISOString();
  // Scopes, which contain neither a comma nor a quotation mark.
  if (Array.isArray(value)) return escape(`{${value.join(",")}}`);
  return escape(JSON.stringify((value as { json: unknown }).json));
}

const escape = (text: string) =>
  /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character]!) : text;
