import { showEmail } from "#lib/email-address.ts";

/**
 * Tells a password manager which account the typed password belongs to. The field is hidden and is not sent.
 */
export function UsernameForManager({ email }: { email: string }) {
  return <input type="text" autoComplete="username" defaultValue={showEmail(email)} readOnly hidden />;
}
