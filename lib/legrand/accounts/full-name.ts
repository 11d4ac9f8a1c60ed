/**
 * Given name and surname, if there is one, in one line, as pages and an application's history name a person.
 */
export function fullName({ givenName, familyName }: { givenName: string; familyName: string }): string {
  return `${givenName} ${familyName}`.trim();
}
