import { AccountIndicator } from "#components/connect/account-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ListedAccount } from "#lib/connect/admin/linked-accounts/list/listed-account.ts";

type AccountRowProps = { account: ListedAccount; now: Date; canSelect: boolean };

/** So many permissions are named; the others are a number, with their names behind it. */
const NAMED = 2;
const CELL = "px-3 py-2.5 align-top";

/** A linked account in the list; its name leads to its page. */
export function AccountRow({ account, now, canSelect }: AccountRowProps) {
  const { id, name, email, providerAccountId, state, connectedAt, renewedAt, accessEndsAt } = account;
  const called = name ?? email ?? providerAccountId;
  return (
    <tr>
      {canSelect && (
        <td className="py-2.5 pl-4 align-top">
          <label className="block pr-1 pointer-coarse:-m-3 pointer-coarse:p-3">
            <span className="sr-only">Select {called}</span>
            <input type="checkbox" name="id" value={id} className="checkbox" />
          </label>
        </td>
      )}
      <th scope="row" className={`${CELL} min-w-36 text-left font-medium wrap-anywhere`}><a href={`/admin/linked-accounts/${id}`}>{called}</a></th>
      <td className={`${CELL} min-w-44 wrap-anywhere`}>{email ?? <None>No e-mail</None>}</td>
      <td className={`${CELL} min-w-40`}><code className="text-xs">{providerAccountId}</code></td>
      <td className={`${CELL} min-w-52 text-sm`}><Permissions scopes={account.scopes} /></td>
      <td className={`${CELL} whitespace-nowrap`}><AccountIndicator state={state} /></td>
      <td className={`${CELL} text-sm whitespace-nowrap`}><RelativeTime at={connectedAt} now={now} /></td>
      <td className={`${CELL} text-sm whitespace-nowrap`}><RelativeTime at={renewedAt} now={now} /></td>
      <td className={`${CELL} pr-4 text-sm whitespace-nowrap`}>{accessEndsAt ? <RelativeTime at={accessEndsAt} now={now} /> : <None>{state.state === "disconnected" ? "No access" : "Not known"}</None>}</td>
    </tr>
  );
}

function None({ children }: { children: string }) {
  return <span className="text-sm text-ink-subtle">{children}</span>;
}

function Permissions({ scopes }: Pick<ListedAccount, "scopes">) {
  if (scopes.length === 0) return <None>None</None>;
  const isShort = scopes.length <= NAMED + 1;
  if (isShort) return <Labels scopes={scopes} />;
  return (
    <>
      <Labels scopes={scopes.slice(0, NAMED)} />
      <details>
        <summary className="inline-block min-h-6 text-ink-muted pointer-coarse:min-h-11 pointer-coarse:content-center" title={scopes.slice(NAMED).map(({ label }) => label).join(", ")}>and {scopes.length - NAMED} more</summary>
        <Labels scopes={scopes.slice(NAMED)} />
      </details>
    </>
  );
}

function Labels({ scopes }: Pick<ListedAccount, "scopes">) {
  return <ul>{scopes.map(({ name, label }) => <li key={name} title={name}>{label}</li>)}</ul>;
}
