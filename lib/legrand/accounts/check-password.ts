const MIN_LENGTH = 8;
/** Far longer than a sentence. It limits how much is hashed. */
const MAX_LENGTH = 256;

/** The hint at the fields for a new password. */
export const PASSWORD_HINT = `At least ${MIN_LENGTH} characters. A few unrelated words make a strong password.`;

/**
 * The person whose password it will be. Their name and address are publicly known and make a bad password.
 */
export type PasswordOwner = { email: string; givenName: string; familyName: string };

/**
 * Returns what is wrong with a new password, as a sentence, or null. It checks the length, common passwords,
 * and the person's own name and address, but not kinds of characters (NIST SP 800-63B-4 §3.1.1.2; OWASP ASVS
 * 5.0, 6.2; decision 11). Length is in characters, not in bytes.
 */
export async function checkPassword(password: string, owner: PasswordOwner): Promise<string | null> {
  const { length } = [...password.normalize("NFC")];
  if (length === 0) return "Enter a password";
  if (length < MIN_LENGTH) return `Use at least ${MIN_LENGTH} characters for the password`;
  if (length > MAX_LENGTH) return `Use at most ${MAX_LENGTH} characters for the password`;
  if (isOfOwner(password, owner)) return "Choose a password that is not your name or your e-mail address";
  if (await isCommonPassword(password)) return "Choose another password: this one is too common";
  return null;
}

/** True if the password is only the person's names or address, with or without digits and signs. */
function isOfOwner(password: string, { email, givenName, familyName }: PasswordOwner): boolean {
  const [local = "", domain = ""] = email.split("@");
  const known = [email, local, domain, givenName, familyName, givenName + familyName, familyName + givenName];
  const bare = lettersOf(password);
  return known.some(
    (value) => password.toLowerCase() === value.toLowerCase() || (bare !== "" && bare === lettersOf(value)),
  );
}

const lettersOf = (value: string) => value.normalize("NFC").toLowerCase().replace(/\P{L}/gu, "");

let loaded: Promise<Set<string>> | undefined;

/**
 * True if the password, in any case, is one of the 49,000 most common (zxcvbn's list). The list is loaded at
 * the first call.
 */
async function isCommonPassword(password: string): Promise<boolean> {
  loaded ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"]),
  );
  return (await loaded).has(password.toLowerCase());
}
