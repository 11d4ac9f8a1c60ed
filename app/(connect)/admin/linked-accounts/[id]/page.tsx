import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { InspectedSections } from "./inspected-sections.tsx";
import { AdminShell } from "#components/connect/admin/admin-shell.tsx";
import { GoneView } from "#components/connect/admin/accounts/gone-view.tsx";
import { InspectedHeading } from "#components/connect/admin/accounts/inspected-heading.tsx";
import { OutcomeNotice } from "#components/ui/outcome-notice.tsx";
import { now } from "#lib/clock.ts";
import { isAdministrator } from "#lib/connect/users/admin-user.ts";
import { accountHref } from "#lib/connect/admin/accounts/account-href.ts";
import { describeForAdmin } from "#lib/connect/admin/accounts/describe-for-admin.ts";
import { describeActionOutcome } from "#lib/connect/admin/actions/describe-action-outcome.ts";
import { listJustDone } from "#lib/connect/admin/actions/outcome.store.ts";
import { countSessions, findInspectedAccount } from "#lib/connect/admin/accounts/account.store.ts";
import { parsePageCursor } from "#lib/page-cursor.ts";
import { requireAdmin } from "#lib/connect/auth/auth.ts";
import { answerPageWith } from "#lib/http/answer-page-with.ts";
import { readQueryValue, type PageQuery } from "#lib/http/read-query-value.ts";
import { isUuid } from "#lib/is-uuid.ts";
import { isRequestId } from "#lib/request-id.ts";

export const metadata: Metadata = { title: "Linked account" };

type Props = { params: Promise<{ id: string }>; searchParams: PageQuery };

export default async function InspectedAccountPage({ params, searchParams }: Props) {
  const admin = await requireAdmin();
  const { id } = await params;
  if (!isUuid(id)) notFound();
  const account = await findInspectedAccount(admin, id);
  if (!account) return <Gone admin={admin} />;
  const [before, requestId] = [
    parsePageCursor(await readQueryValue(searchParams, "before")),
    await readQueryValue(searchParams, "request"),
  ];
  if (before === undefined) await answerPageWith(400);
  const sessions = await countSessions(admin, account);
  const outcome = isRequestId(requestId)
    ? describeActionOutcome(await listJustDone(admin, [id, account.userId], requestId))
    : null;
  const canAct = isAdministrator(admin);
  const isConnected = account.state !== "disconnected";
  return (
    <AdminShell admin={admin} current="/admin/linked-accounts">
      <div className="grid grid-cols-1 gap-5">
        <InspectedHeading
          title={account.name ?? account.email ?? account.providerAccountId}
          href={accountHref(id)}
          state={describeForAdmin(account, now())}
          can={{
            refresh: canAct && isConnected,
            revoke: canAct && isConnected,
            signOut: canAct && sessions > 0,
          }}
        />
        {outcome && <OutcomeNotice tone={outcome.tone}>{outcome.text}</OutcomeNotice>}
        {before === undefined && (
          <OutcomeNotice tone="warning">
            This address does not name a page of the history. The newest page is shown.
          </OutcomeNotice>
        )}
        <InspectedSections admin={admin} account={account} sessions={sessions} before={before ?? null} />
      </div>
    </AdminShell>
  );
}

async function Gone({ admin }: { admin: Parameters<typeof AdminShell>[0]["admin"] }) {
  await answerPageWith(404);
  return (
    <AdminShell admin={admin} current="/admin/linked-accounts">
      <GoneView />
    </AdminShell>
  );
}
