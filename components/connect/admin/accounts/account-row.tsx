import { AccountIndicator } from "#components/connect/account-state.tsx";
import {
  NameCell,
  NoValue,
  RowLink,
  RowTime,
  TableCell,
  TableRow,
  TitledText,
} from "#components/connect/admin/table/table-row.tsx";
import { Breakable } from "#components/ui/breakable.tsx";
import type { AccountOnPage } from "#lib/connect/admin/accounts/listed-account.ts";

type AccountRowProps = {
  account: AccountOnPage;
  now: Date;
  canSelect: boolean;
  /** True if the last column is the end of the access. */
  showsEnd: boolean;
};

/** Shows a linked account in one line. The row opens its page. */
export function AccountRow({ account, now, canSelect, showsEnd }: AccountRowProps) {
  const { id, name, email, providerAccountId, shortId, scopes, state, connectedAt, renewedAt } = account;
  const called = name ?? email ?? providerAccountId;
  return (
    <TableRow>
      {canSelect && (
        <td role="cell" className="relative z-10 flex max-sm:order-first">
          <label className="flex min-h-10 cursor-pointer items-center px-4 sm:pr-2 pointer-coarse:min-h-11">
            <span className="sr-only">Select {called}</span>
            <input type="checkbox" name="id" value={id} className="checkbox" />
          </label>
        </td>
      )}
      <NameCell besideBox={canSelect}>
        <RowLink href={`/admin/linked-accounts/${id}`} title={called}>
          <Breakable>{called}</Breakable>
        </RowLink>
      </NameCell>
      <TableCell label="E-mail">
        {email ? (
          <TitledText title={email}>
            <Breakable>{email}</Breakable>
          </TitledText>
        ) : (
          <NoValue>No e-mail</NoValue>
        )}
      </TableCell>
      <TableCell label="Legrand id" className="sm:max-lg:hidden">
        <TitledText title={providerAccountId}>
          <code className="text-xs">{shortId}</code>
        </TitledText>
      </TableCell>
      <TableCell label="Permissions" className="tabular-nums">
        <TitledText title={scopes.map(({ label }) => label).join(", ")}>{scopes.length}</TitledText>
      </TableCell>
      <TableCell label="State">
        <AccountIndicator state={state} />
      </TableCell>
      <TableCell label="Last refreshed" className="sm:max-lg:hidden">
        <RowTime at={renewedAt} now={now} />
      </TableCell>
      {showsEnd ? (
        <AccessEnd account={account} now={now} />
      ) : (
        <TableCell label="Connected">
          <RowTime at={connectedAt} now={now} />
        </TableCell>
      )}
    </TableRow>
  );
}

function AccessEnd({ account: { accessEndsAt, state }, now }: Pick<AccountRowProps, "account" | "now">) {
  return (
    <TableCell label="Access ends">
      {accessEndsAt ? (
        <RowTime at={accessEndsAt} now={now} />
      ) : (
        <NoValue>{state.state === "disconnected" ? "No access" : "Not known"}</NoValue>
      )}
    </TableCell>
  );
}
