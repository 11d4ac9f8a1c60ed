import { Avatar } from "#components/ui/avatar.tsx";

export type SandboxAccount = { email: string; name: string; note: string };

/** One click signs in as an invented person; only the sandbox has them. */
export function SandboxAccounts({ action, returnTo, accounts }: { action: string; returnTo: string; accounts: SandboxAccount[] }) {
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
              <SandboxAccountButton account={account} />
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SandboxAccountButton({ account }: { account: SandboxAccount }) {
  return (
    <button className="flex min-h-11 w-full cursor-pointer items-center gap-3 rounded-control px-3 py-1.5 text-left transition-colors hover:bg-sunken">
      <Avatar name={account.name} />
      <span className="min-w-0 flex-1">
        <span className="block">
          Continue as <b className="font-semibold">{account.name}</b>
        </span>
        <span className="block text-sm text-ink-muted">{account.note}</span>
      </span>
    </button>
  );
}
