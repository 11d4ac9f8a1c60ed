import { showEmail } from "#lib/email-address.ts";

/** Tells a password manager whose password is typed beside it; nobody else sees it, and it is not sent. */
export function UsernameForManager({ email }: { email: string }) {
  return <input type="text" autoComplete="username" defaultValue={showEmail(email)} readOnly hidden />;
}
