import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { SignOutForm } from "#components/connect/forms.tsx";
import { DisconnectQuestion } from "#components/connect/disconnecting/disconnect-question.tsx";
import { LastAdministratorView } from "#components/connect/disconnecting/last-administrator-view.tsx";
import { PageHeading } from "#components/connect/page-heading.tsx";
import { ConnectShell } from "#components/layout/connect-shell.tsx";
import { requireUser } from "#lib/connect/auth/auth.ts";
import { canRevoke } from "#lib/connect/cloud/can-revoke.ts";
import { listLinkedAccounts } from "#lib/connect/linked-accounts/store.ts";
import { isOnlyAdministrator } from "#lib/connect/roles/store.ts";

export const metadata: Metadata = { title: "Disconnect" };

type Props = { params: Promise<{ id: string }> };

export default async function DisconnectPage({ params }: Props) {
  const user = await requireUser();
  const { id } = await params;
  const connected = (await listLinkedAccounts(user)).filter(({ state }) => state !== "disconnected");
  const account = connected.find((one) => one.id === id);
  if (!account) notFound();
  const name = account.email ?? account.name ?? "this Legrand account";
  const [isLast, back] = [connected.length === 1, { word: "Keep it connected", href: "/account" }];
  return (
    <ConnectShell signedIn={user} current="account" signOut={<SignOutForm />}>
      <PageHeading title={`Disconnect ${name}?`} above={[{ word: "My account", href: "/account" }]} />
      {isLast && (await isOnlyAdministrator(user)) ? (
        <LastAdministratorView person="you" back={back} />
      ) : (
        <DisconnectQuestion id={id} isLast={isLast} legrandCanBeTold={await canRevoke()} />
      )}
    </ConnectShell>
  );
}
