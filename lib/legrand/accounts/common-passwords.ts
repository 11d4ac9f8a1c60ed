let loaded: Promise<Set<string>> | undefined;

/**
 * True if the password, in any case, is one of the 49,000 most common (zxcvbn's list). The list is loaded at
 * the first call.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  loaded ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"]),
  );
  return (await loaded).has(password.toLowerCase());
}
