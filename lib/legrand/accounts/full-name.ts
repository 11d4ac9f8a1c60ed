/**
 * Returns the given name and the surname, if there is one, in one line. Pages and an application's history
 * use this form.
 */
export function fullName({ givenName, familyName }: { givenName: string; familyName: string }): string {
  return `${givenName} ${familyName}`.trim();
}
