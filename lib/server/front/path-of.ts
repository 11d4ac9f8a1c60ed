/**
 * Returns the path that Next looks up, in which an encoded slash is part of its segment. Throws for a target
 * that does not decode.
 */
export function pathOf(target: string): string {
  const path = target.split("?", 1)[0]!;
  const decoded = path.includes("%")
    ? path
        .split("/")
        .map((segment) => decodeURIComponent(segment).replaceAll("/", "%2F"))
        .join("/")
    : path;
  return decoded.endsWith("/") ? decoded.replace(/(?<=.)\/+$/, "") : decoded;
}
