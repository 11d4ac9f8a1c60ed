/**
 * Whether somebody typed that name: letter by letter, but for spaces around it and the way accents are
 * encoded (Unicode NFC).
 */
export function isSameName(typed: string, name: string): boolean {
  return typed.trim().normalize("NFC") === name.trim().normalize("NFC");
}
