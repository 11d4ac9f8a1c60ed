import type { Metadata } from "next";

import { AdminShell } from "#components/connect/admin/admin-shell.tsx";
import { RevokeQuestion } from "#components/connect/admin/accounts/action-questions.tsx";
import { LastAdministratorView } from "#components/connect/disconnecting/last-administrator-view.tsx";
import { PageHeading } from "#components/connect/page-heading.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { openQuestion } from "#lib/connect/admin/actions/open-question.ts";
import { listOtherAccounts } from "#lib/connect/admin/accounts/account.store.ts";
import { reasonNotice } from "#lib/connect/admin/actions/reason-notice.ts";
import { canRevoke } from "#lib/connect/cloud/revoke.ts";
import { isUserOnlyAdministrator } from "#lib/connect/roles/store.ts";

export const metadata: Metadata = { title: "Revoke" };

type Props = { params: Promise<{ id: string }> };

export default async function RevokePage({ params }: Props) {
  const { admin, account, href, name } = await openQuestion(params, { hasToBeConnected: true });
  const [others, notice] = [
    await listOtherAccounts(admin, account),
    await reasonNotice(`${href}/revoke`).find(),
  ];
  const isLast = others.every(({ state }) => state === "disconnected");
  const isLastAdministrator = isLast && (await isUserOnlyAdministrator(admin, account.userId));
  return (
    <AdminShell admin={admin} current="/admin/linked-accounts">
      <PageHeading
        title={`Revoke ${name}?`}
        above={[
          { word: "Linked accounts", href: "/admin/linked-accounts" },
          { word: name, href },
        ]}
      />
      <div className="grid max-w-140 grid-cols-1 gap-5">
        {notice && (
          <ErrorSummary
            title="Nothing was revoked yet"
            errors={[{ message: notice.message, href: "#reason" }]}
          />
        )}
        {isLastAdministrator ? (
          <LastAdministratorView person="them" back={{ word: "Keep it connected", href }} />
        ) : (
          <RevokeQuestion
            href={href}
            person={account.user.email ?? account.user.name ?? name}
            email={account.email}
            isLast={isLast}
            legrandCanBeTold={await canRevoke()}
            typed={notice?.typed ?? ""}
            error={notice?.message}
          />
        )}
      </div>
    </AdminShell>
  );
}
