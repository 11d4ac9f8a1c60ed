/**
 * Returns the parsed URL, or null if it is invalid. Used instead of `URL.parse`, which browsers from 2023 do
 * not have.
 */
export function parseAddress(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
