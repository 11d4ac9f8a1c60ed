import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { SignOutForm } from "#components/connect/forms.tsx";
import { PageHeading } from "#components/connect/page-heading.tsx";
import { YourDataView } from "#components/connect/disconnecting/your-data-view.tsx";
import { ConnectShell } from "#components/layout/connect-shell.tsx";
import { requireUser } from "#lib/connect/auth/auth.ts";
import { countUserData } from "#lib/connect/disconnecting/your-data.ts";
import { findUserData } from "#lib/connect/disconnecting/your-data.store.ts";

export const metadata: Metadata = { title: "Your data" };

export default async function YourDataPage() {
  const user = await requireUser();
  const data = (await findUserData(user)) ?? redirect("/account");
  return (
    <ConnectShell signedIn={user} current="account" signOut={<SignOutForm />}>
      <PageHeading title="Your data" above={[{ word: "My account", href: "/account" }]} />
      <YourDataView name={data.name} email={data.email} counts={countUserData(data)} />
    </ConnectShell>
  );
}
