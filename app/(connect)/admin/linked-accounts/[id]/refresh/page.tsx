import type { Metadata } from "next";

import { AdminShell } from "#components/connect/admin/admin-shell.tsx";
import { RefreshQuestion } from "#components/connect/admin/accounts/action-questions.tsx";
import { PageHeading } from "#components/connect/page-heading.tsx";
import { openQuestion } from "#lib/connect/admin/actions/open-question.ts";

export const metadata: Metadata = { title: "Refresh now" };

type Props = { params: Promise<{ id: string }> };

export default async function RefreshPage({ params }: Props) {
  const { admin, href, name } = await openQuestion(params, { hasToBeConnected: true });
  return (
    <AdminShell admin={admin} current="/admin/linked-accounts">
      <PageHeading
        title={`Refresh the access of ${name} now?`}
        above={[
          { word: "Linked accounts", href: "/admin/linked-accounts" },
          { word: name, href },
        ]}
      />
      <RefreshQuestion href={href} />
    </AdminShell>
  );
}
