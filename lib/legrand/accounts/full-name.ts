/** Given name and surname in one line, as pages and an application's history name a person. */
export function fullName({ givenName, familyName }: { givenName: string; familyName: string }): string {
  return `${givenName} ${familyName}`;
}
