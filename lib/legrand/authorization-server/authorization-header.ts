/**
 * Returns the headers with one space behind the scheme of `Authorization`: RFC 9110 §11.4 allows several, and
 * the library splits at each.
 */
export function tidyAuthorization(headers: Headers): Headers {
  const [, scheme, credentials] = /^(\S+) {2,}(\S+)$/.exec(headers.get("authorization") ?? "") ?? [];
  if (!scheme) return headers;
  const tidied = new Headers(headers);
  tidied.set("authorization", `${scheme} ${credentials}`);
  return tidied;
}

/**
 * True for `Authorization: Basic` with a client and an empty secret, by which some libraries send that they
 * have none.
 */
export function isBasicWithoutSecret(authorization: string | null): boolean {
  const encoded = /^basic +([A-Za-z0-9+/=]+)$/i.exec(authorization ?? "")?.[1];
  return encoded !== undefined && /^[^:]+:$/.test(Buffer.from(encoded, "base64").toString());
}
