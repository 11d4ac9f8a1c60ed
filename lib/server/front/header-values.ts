import type { IncomingMessage } from "node:http";

/**
 * Returns all values of a header as they were sent. For some headers, such as Host, Node keeps only the first
 * in `headers`. `name` is in lower case.
 */
export function headerValues({ rawHeaders }: IncomingMessage, name: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]!.toLowerCase() === name);
}
