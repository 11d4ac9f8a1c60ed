/** The pattern (LIKE) of the texts that begin with this one, as it is typed. */
export function beginsWith(text: string): string {
  return `${literally(text)}%`;
}

/** The pattern of the texts that have this one anywhere, as it is typed. */
export function contains(text: string): string {
  return `%${literally(text)}%`;
}

const literally = (text: string) => text.replace(/[\\%_]/g, "\\$&");
