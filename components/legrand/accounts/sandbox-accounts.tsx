import { AccountButton } from "#components/legrand/accounts/account-button.tsx";

export type OfferedAccount = { email: string; name: string; note: string };

/** Signs in as an invented person in one click. Only the sandbox has such accounts. */
export function SandboxAccounts({
  action,
  returnTo,
  accounts,
}: {
  action: string;
  returnTo: string;
  accounts: OfferedAccount[];
}) {
  return (
    <section aria-labelledby="sandbox-accounts" className="mt-6 rounded-control bg-sunken p-3 pt-2.5">
      <h2 id="sandbox-accounts" className="mb-1.5 text-sm font-semibold text-ink-muted">
        Sandbox accounts
      </h2>
      <ul className="divide-y divide-border rounded-control border border-border bg-surface">
        {accounts.map((account) => (
          <li key={account.email}>
            <form method="post" action={action}>
              <input type="hidden" name="email" value={account.email} />
              <input type="hidden" name="sandbox" value="1" />
              <input type="hidden" name="return_to" value={returnTo} />
              <AccountButton name={account.name} note={account.note} />
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}
