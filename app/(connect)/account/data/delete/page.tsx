import type { Metadata } from "next";

import { SignOutForm } from "#components/connect/forms.tsx";
import { LastAdministratorView } from "#components/connect/disconnecting/last-administrator-view.tsx";
import { DeleteQuestion } from "#components/connect/disconnecting/delete-question.tsx";
import { PageHeading } from "#components/connect/page-heading.tsx";
import { ConnectShell } from "#components/layout/connect-shell.tsx";
import { requireUser } from "#lib/connect/auth/auth.ts";
import { canRevoke } from "#lib/connect/cloud/can-revoke.ts";
import { listLinkedAccounts } from "#lib/connect/linked-accounts/store.ts";
import { isOnlyAdministrator } from "#lib/connect/roles/store.ts";

export const metadata: Metadata = { title: "Delete your Connect account" };

const ABOVE = [
  { word: "My account", href: "/account" },
  { word: "Your data", href: "/account/data" },
];

export default async function DeletePage() {
  const user = await requireUser();
  const connected = (await listLinkedAccounts(user)).filter(({ state }) => state !== "disconnected");
  return (
    <ConnectShell signedIn={user} current="account" signOut={<SignOutForm />}>
      <PageHeading title="Delete your Connect account?" above={ABOVE} />
      {(await isOnlyAdministrator(user)) ? (
        <LastAdministratorView
          person="you"
          back={{ word: "Keep your Connect account", href: "/account/data" }}
        />
      ) : (
        <DeleteQuestion
          connected={connected.map(({ email, name }) => email ?? name ?? "a Legrand account")}
          legrandCanBeTold={await canRevoke()}
        />
      )}
    </ConnectShell>
  );
}
