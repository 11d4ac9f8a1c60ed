/** That address, or null for what is none. As `URL.parse`, which browsers of 2023 do not have. */
export function parseAddress(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
