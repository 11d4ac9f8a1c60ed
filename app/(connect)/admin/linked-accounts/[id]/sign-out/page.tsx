import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { AdminShell } from "#components/connect/admin/admin-shell.tsx";
import { SignOutQuestion } from "#components/connect/admin/accounts/action-questions.tsx";
import { PageHeading } from "#components/connect/page-heading.tsx";
import { openQuestion } from "#lib/connect/admin/actions/open-question.ts";
import { countSessions } from "#lib/connect/admin/accounts/account.store.ts";

export const metadata: Metadata = { title: "Sign out everywhere" };

type Props = { params: Promise<{ id: string }> };

export default async function SignOutPage({ params }: Props) {
  const { admin, account, href, name } = await openQuestion(params, { hasToBeConnected: false });
  const sessions = await countSessions(admin, account);
  if (sessions === 0) redirect(href);
  const person = account.user.email ?? account.user.name ?? name;
  return (
    <AdminShell admin={admin} current="/admin/linked-accounts">
      <PageHeading
        title={`Sign ${person} out everywhere?`}
        above={[
          { word: "Linked accounts", href: "/admin/linked-accounts" },
          { word: name, href },
        ]}
      />
      <SignOutQuestion
        href={href}
        person={person}
        sessions={sessions}
        isSelf={admin.userId === account.userId}
      />
    </AdminShell>
  );
}
