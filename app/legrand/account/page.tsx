import type { Metadata } from "next";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { AccountView } from "#components/legrand/accounts/account-view.tsx";
import { SandboxAccountView } from "#components/legrand/accounts/sandbox-account-view.tsx";
import { PASSWORD_HINT } from "#lib/legrand/accounts/check-password.ts";
import { COUNTRIES } from "#lib/legrand/accounts/countries.ts";
import { isSandboxAccount } from "#lib/legrand/accounts/sandbox-accounts.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { requireAccount } from "#lib/legrand/portal/session.ts";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const account = await requireAccount("/legrand/account");
  const countryName = COUNTRIES.find(({ code }) => code === account.country)?.name ?? account.country;
  return (
    <LegrandShell {...await portalShell(account)} current="account">
      <h1 className="text-xl">Account</h1>
      {isSandboxAccount(account.email) ? (
        <SandboxAccountView account={account} countryName={countryName} />
      ) : (
        <AccountView
          account={account}
          countries={COUNTRIES}
          passwordHint={PASSWORD_HINT}
          notice={await formNotice("/legrand/account").find()}
        />
      )}
    </LegrandShell>
  );
}
