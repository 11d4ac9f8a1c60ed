import { AccountButton } from "#components/legrand/accounts/account-button.tsx";

/** The account that is signed in, and where the browser goes on with it. */
export type SignedInAccount = { name: string; email: string; action: string };

/** One click goes on with the account that is signed in, without a password. */
export function ContinueAs({ account: { name, email, action } }: { account: SignedInAccount }) {
  return (
    <form method="post" action={action} className="mt-5 rounded-control border border-border">
      <AccountButton name={name} note={`${email}, signed in`} />
    </form>
  );
}
