let loaded: Promise<Set<string>> | undefined;

/**
 * Whether that password, in any case, is among the 49,000 that are tried first (zxcvbn's list). Loaded at the
 * first question.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  loaded ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"]),
  );
  return (await loaded).has(password.toLowerCase());
}
