/** Returns the scheme of `Authorization` as the name, so that the value is stored as its length only. */
export function describeAuthorization(value: string): [string, string] {
  const [, scheme, credentials] = /^(basic|bearer) +(.*)$/is.exec(value) ?? [];
  if (!scheme) return ["Authorization", value];
  return [scheme.toLowerCase() === "basic" ? "Authorization: Basic" : "Authorization: Bearer", credentials!];
}
