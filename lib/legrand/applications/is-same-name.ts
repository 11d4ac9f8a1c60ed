/**
 * True if the typed text is the name, letter by letter. Spaces around it and the encoding of accents (Unicode
 * NFC) are ignored.
 */
export function isSameName(typed: string, name: string): boolean {
  return typed.trim().normalize("NFC") === name.trim().normalize("NFC");
}
