/**
 * Returns the headers with exactly one space after the scheme of `Authorization`. RFC 9110 §11.4 allows
 * several, but the library splits at each space.
 */
export function tidyAuthorization(headers: Headers): Headers {
  const [, scheme, credentials] = /^(\S+) {2,}(\S+)$/.exec(headers.get("authorization") ?? "") ?? [];
  if (!scheme) return headers;
  const tidied = new Headers(headers);
  tidied.set("authorization", `${scheme} ${credentials}`);
  return tidied;
}

/**
 * True for `Authorization: Basic` with a client_id and an empty secret. Some libraries send this to say that
 * they have no secret.
 */
export function isBasicWithoutSecret(authorization: string | null): boolean {
  const encoded = /^basic +([A-Za-z0-9+/=]+)$/i.exec(authorization ?? "")?.[1];
  return encoded !== undefined && /^[^:]+:$/.test(Buffer.from(encoded, "base64").toString());
}
