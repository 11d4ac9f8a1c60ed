/** Tells a password manager whose password is typed beside it; nobody else sees it, and it is not sent. */
export function UsernameForManager({ email }: { email: string }) {
  return <input type="email" autoComplete="username" defaultValue={email} readOnly hidden />;
}
