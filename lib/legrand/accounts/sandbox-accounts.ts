/** An account that exists in every sandbox on this machine. Its password is published, and no secret. */
export type SandboxAccount = { email: string; givenName: string; familyName: string; country: string; note: string; plants: string[] };

/** Password of all of them. */
export const SANDBOX_PASSWORD = "sandbox-only";

/** The accounts in the order in which sign-in offers them. */
export const SANDBOX_ACCOUNTS: readonly SandboxAccount[] = [
  { email: "camille@example.com", givenName: "Camille", familyName: "Moreau", country: "FR", note: "two homes", plants: ["Appartement Lyon", "Maison d’Annecy"] },
  { email: "marco@example.com", givenName: "Marco", familyName: "Ricci", country: "IT", note: "one home", plants: ["Casa"] },
  { email: "nohome@example.com", givenName: "Noa", familyName: "Haddad", country: "BE", note: "no home", plants: [] },
  { email: "admin@example.com", givenName: "Ada", familyName: "Novak", country: "SI", note: "administrator of Connect", plants: [] },
];

/**
 * Whether that is the address of one of them, in any case. They belong to everybody who uses the sandbox: name, password and
 * the account itself stay as they are, because the next person's click relies on them.
 */
export function isSandboxAccount(email: string): boolean {
  return SANDBOX_ACCOUNTS.some((account) => account.email === email.toLowerCase());
}
