import type { Metadata } from "next";

import { AdminShell } from "#components/connect/admin/admin-shell.tsx";
import { BulkList } from "#components/connect/admin/actions/bulk-list.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { now } from "#lib/clock.ts";
import { isAdministrator } from "#lib/connect/users/admin-user.ts";
import { describeProgress } from "#lib/connect/admin/actions/describe-progress.ts";
import { listBulkRevocations } from "#lib/connect/admin/actions/bulk.store.ts";
import { parsePageCursor } from "#lib/page-cursor.ts";
import { requireAdmin } from "#lib/connect/auth/auth.ts";
import { answerPageWith } from "#lib/http/answer-page-with.ts";
import { readQueryValue, type PageQuery } from "#lib/http/read-query-value.ts";

export const metadata: Metadata = { title: "Bulk revocations" };

export default async function BulkRevocationsPage({ searchParams }: { searchParams: PageQuery }) {
  const admin = await requireAdmin();
  const before = parsePageCursor(await readQueryValue(searchParams, "before"));
  if (before === undefined) await answerPageWith(400);
  const { rows, next } = await listBulkRevocations(admin, before ?? null);
  const at = now();
  return (
    <AdminShell admin={admin} current="/admin/bulk-revocations">
      <div className="grid grid-cols-1 gap-6">
        <div>
          <h1 className="text-xl">Bulk revocations</h1>
          <p className="max-w-text text-ink-muted">
            Each revokes many accounts in the background. Open one to follow it, stop it, or retry its
            failures.
          </p>
        </div>
        {before === undefined && (
          <Notice tone="warning">
            <p>This address does not name a page of the list. The first page is shown.</p>
          </Notice>
        )}
        {rows.length > 0 ? (
          <BulkList rows={rows.map((bulk) => ({ bulk, progress: describeProgress(bulk, at) }))} now={at} />
        ) : (
          <Plate as="section" className="p-5 sm:p-8">
            <h2 className="text-lg">{before ? "The list ends here" : "No bulk revocation yet"}</h2>
            <p className="mt-1 max-w-text text-ink-muted">
              {isAdministrator(admin) ? (
                <>
                  Select accounts under <a href="/admin/linked-accounts">Linked accounts</a>, or search for
                  them there, and revoke all that match.
                </>
              ) : (
                <>
                  Administrators start one under <a href="/admin/linked-accounts">Linked accounts</a>.
                </>
              )}
            </p>
          </Plate>
        )}
        <nav aria-label="Pages" className="flex flex-wrap gap-3 empty:hidden">
          {before && (
            <ButtonLink href="/admin/bulk-revocations" variant="secondary">
              First page
            </ButtonLink>
          )}
          {next && (
            <ButtonLink
              href={`/admin/bulk-revocations?before=${encodeURIComponent(next)}`}
              rel="next"
              variant="secondary"
            >
              Next page
            </ButtonLink>
          )}
        </nav>
      </div>
    </AdminShell>
  );
}
