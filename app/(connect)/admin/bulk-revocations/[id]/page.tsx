import { randomUUID } from "node:crypto";

import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { AdminShell } from "#components/connect/admin/admin-shell.tsx";
import { BulkFacts } from "#components/connect/admin/actions/bulk-facts.tsx";
import { BulkFailures } from "#components/connect/admin/actions/bulk-failures.tsx";
import { BulkProgressPlate } from "#components/connect/admin/actions/bulk-progress-plate.tsx";
import { LookAgain } from "#components/connect/admin/actions/look-again.tsx";
import { PageHeading } from "#components/connect/page-heading.tsx";
import { Button } from "#components/ui/button.tsx";
import { OutcomeNotice } from "#components/ui/outcome-notice.tsx";
import { now } from "#lib/clock.ts";
import { isAdministrator } from "#lib/connect/users/admin-user.ts";
import { describeProgress } from "#lib/connect/admin/actions/describe-progress.ts";
import { findBulkRevocation, listBulkFailures } from "#lib/connect/admin/actions/bulk.store.ts";
import { requireAdmin } from "#lib/connect/auth/auth.ts";
import { answerPageWith } from "#lib/http/answer-page-with.ts";
import { readQueryValue, type PageQuery } from "#lib/http/read-query-value.ts";
import { isUuid } from "#lib/is-uuid.ts";

export const metadata: Metadata = { title: "Bulk revocation" };

type Props = { params: Promise<{ id: string }>; searchParams: PageQuery };

export default async function BulkRevocationPage({ params, searchParams }: Props) {
  const admin = await requireAdmin();
  const { id } = await params;
  const bulk = isUuid(id) ? await findBulkRevocation(admin, id) : null;
  if (!bulk) notFound();
  const [after, again] = [
    await readQueryValue(searchParams, "after"),
    await readQueryValue(searchParams, "again"),
  ];
  const isPlace = after === null || isUuid(after);
  if (!isPlace) await answerPageWith(400);
  const failures =
    bulk.failed > 0 ? await listBulkFailures(admin, id, isPlace ? after : null) : { rows: [], next: null };
  const progress = describeProgress(bulk, now());
  const [href, canAct] = [`/admin/bulk-revocations/${id}`, isAdministrator(admin)];
  return (
    <AdminShell admin={admin} current="/admin/bulk-revocations">
      <PageHeading
        title={`Revocation of ${bulk.selection}`}
        above={[{ word: "Bulk revocations", href: "/admin/bulk-revocations" }]}
      />
      <div className="grid grid-cols-1 gap-6">
        {!isPlace && (
          <OutcomeNotice tone="warning">
            This address does not name a page of the failures. The first page is shown.
          </OutcomeNotice>
        )}
        {again === "none" && (
          <OutcomeNotice tone="info">
            There is nothing to try again: each of the failed accounts has been disconnected or reconnected
            since.
          </OutcomeNotice>
        )}
        <BulkProgressPlate
          bulk={bulk}
          progress={progress}
          actions={
            progress.isRunning && <RunningActions href={href} canStop={canAct && bulk.state === "running"} />
          }
        />
        <p className="max-w-text text-sm text-ink-muted">
          {bulk.state === "stopped" ? "Accounts that were not processed stay connected. " : ""}
          If Legrand does not answer, the account is still disconnected here, and Connect keeps trying to
          revoke its access at Legrand.
        </p>
        <BulkFacts bulk={bulk} now={now()} />
        {failures.rows.length > 0 && (
          <BulkFailures
            failures={failures.rows}
            nextHref={failures.next && `${href}?after=${failures.next}`}
            again={canAct && !progress.isRunning && <TryAgainForm action={`${href}/again`} />}
          />
        )}
      </div>
    </AdminShell>
  );
}

function RunningActions({ href, canStop }: { href: string; canStop: boolean }) {
  return (
    <div className="flex flex-wrap items-center gap-4">
      {canStop && (
        <form method="post" action={`${href}/stop`} className="contents">
          <Button variant="danger-quiet">Stop</Button>
        </form>
      )}
      <LookAgain href={href} />
    </div>
  );
}

/** A form that is sent twice starts one job. */
function TryAgainForm({ action }: { action: string }) {
  return (
    <form method="post" action={action} className="contents">
      <input type="hidden" name="job" value={randomUUID()} />
      <Button variant="secondary">Try the failed ones again</Button>
    </form>
  );
}
