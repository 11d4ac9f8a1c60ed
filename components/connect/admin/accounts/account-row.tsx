import { AccountIndicator } from "#components/connect/account-state.tsx";
import { Breakable } from "#components/ui/breakable.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ListedAccount } from "#lib/connect/admin/accounts/listed-account.ts";

type AccountRowProps = { account: ListedAccount; now: Date; canSelect: boolean };

const CELL = "px-3 py-2.5 align-top";
/** As wide as the longest word, but limited, for words of unrealistic length. */
const TEXT = `${CELL} max-w-64 wrap-break-word`;

/** Shows a linked account in the list. Its name links to its page. */
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
      <th scope="row" className={`${TEXT} min-w-32 text-left font-medium`}>
        <a href={`/admin/linked-accounts/${id}`}>
          <Breakable>{called}</Breakable>
        </a>
      </th>
      <td className={`${TEXT} min-w-44`}>
        {email ? <Breakable>{email}</Breakable> : <None>No e-mail</None>}
      </td>
      <td className={CELL}>
        <code className="block w-28 truncate text-xs/6" title={providerAccountId}>
          {providerAccountId}
        </code>
      </td>
      <td className={`${CELL} text-sm/6`}>
        <Permissions scopes={account.scopes} />
      </td>
      <td className={`${CELL} min-w-32`}>
        <AccountIndicator state={state} />
      </td>
      <td className={`${CELL} text-sm/6 whitespace-nowrap`}>
        <RelativeTime at={connectedAt} now={now} />
      </td>
      <td className={`${CELL} text-sm/6 whitespace-nowrap`}>
        <RelativeTime at={renewedAt} now={now} />
      </td>
      <td className={`${CELL} pr-4 text-sm/6 whitespace-nowrap`}>
        {accessEndsAt ? (
          <RelativeTime at={accessEndsAt} now={now} />
        ) : (
          <None>{state.state === "disconnected" ? "No access" : "Not known"}</None>
        )}
      </td>
    </tr>
  );
}

function None({ children }: { children: string }) {
  return <span className="text-sm text-ink-subtle">{children}</span>;
}

/** Shows the scopes on one line as far as they fit. Opening it shows all of them. */
function Permissions({ scopes }: Pick<ListedAccount, "scopes">) {
  if (scopes.length === 0) return <None>None</None>;
  if (scopes.length === 1) return <span title={scopes[0]!.name}>{scopes[0]!.label}</span>;
  return (
    <details className="group w-44">
      <summary className="truncate pointer-coarse:py-2.5">
        <span className="tabular-nums">{scopes.length}</span>
        <span className="group-open:hidden">: {scopes.map(({ label }) => label).join(", ")}</span>
      </summary>
      <ul className="pl-4">
        {scopes.map(({ name, label }) => (
          <li key={name} title={name}>
            {label}
          </li>
        ))}
      </ul>
    </details>
  );
}
