import type { Metadata } from "next";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { NoAccessGrantedView } from "#components/legrand/third-party-access/no-access-granted-view.tsx";
import { ThirdPartyPlate } from "#components/legrand/third-party-access/third-party-plate.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { now } from "#lib/clock.ts";
import { type PageQuery, readQueryValue } from "#lib/http/read-query-value.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { describeGrantedScopes } from "#lib/legrand/grants/describe-granted-scopes.ts";
import { listThirdParties } from "#lib/legrand/grants/list.store.ts";
import { canChooseHomes, describeSharedHomes } from "#lib/legrand/grants/shared-homes.ts";
import { THIRD_PARTY_ACCESS, thirdPartyPath } from "#lib/legrand/grants/third-party-path.ts";
import { parsePageCursor } from "#lib/page-cursor.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { requireAccount } from "#lib/legrand/portal/session.ts";

export const metadata: Metadata = { title: "Third-party access" };

type Props = { searchParams: PageQuery };

export default async function ThirdPartyAccessPage({ searchParams }: Props) {
  const account = await requireAccount(THIRD_PARTY_ACCESS);
  const before = parsePageCursor(await readQueryValue(searchParams, "before")) ?? null;
  const [{ thirdParties, next }, notice] = await Promise.all([
    listThirdParties(account, before),
    formNotice(THIRD_PARTY_ACCESS).find(),
  ]);
  const shown = thirdParties.map((one) => ({
    ...one,
    homesError: notice?.fieldErrors?.[`homes-${one.clientId}`],
    scopes: describeGrantedScopes(one.grantedScopes),
    homes: canChooseHomes(one.sharedHomes) ? one.sharedHomes.homes : [],
    seenHomes: describeSharedHomes(one.sharedHomes),
    path: thirdPartyPath(one.clientId),
  }));
  return (
    <LegrandShell {...await portalShell(account)} current="third-party-access">
      <div className="mb-6 grid gap-2">
        <h1 className="text-xl">Third-party access</h1>
        <p className="max-w-text text-ink-muted">
          Applications with access to your Legrand home, and what each of them may see and do.
        </p>
      </div>
      <div className="grid grid-cols-1 gap-5">
        <NoticeSummary notice={notice} />
        {shown.length === 0 &&
          (before ? (
            <p className="text-ink-muted">There are no more applications.</p>
          ) : (
            <NoAccessGrantedView />
          ))}
        {shown.length > 0 && (
          <ul aria-label="Applications with access" className="grid grid-cols-1 gap-5">
            {shown.map((thirdParty) => (
              <ThirdPartyPlate key={thirdParty.clientId} thirdParty={thirdParty} now={now()} />
            ))}
          </ul>
        )}
        {next && (
          <nav aria-label="Pages">
            <ButtonLink
              variant="secondary"
              href={`${THIRD_PARTY_ACCESS}?${new URLSearchParams({ before: next })}`}
            >
              Older access
            </ButtonLink>
          </nav>
        )}
      </div>
    </LegrandShell>
  );
}
