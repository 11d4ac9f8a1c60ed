import { AccountButton } from "#components/legrand/accounts/account-button.tsx";

/** The account that is signed in, and the return address. */
export type SignedInAccount = { name: string; email: string; action: string };

/** Continues with the signed-in account in one click, without a password. */
export function ContinueAs({ account: { name, email, action } }: { account: SignedInAccount }) {
  return (
    <form method="post" action={action} className="mt-5 rounded-control border border-border">
      <AccountButton name={name} note={`${email}, signed in`} />
    </form>
  );
}
