import type { Metadata } from "next";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { SubscriptionsView } from "#components/legrand/subscriptions/subscriptions-view.tsx";
import { now } from "#lib/clock.ts";
import { type PageQuery, readQueryValue } from "#lib/http/read-query-value.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { requireAccount } from "#lib/legrand/portal/session.ts";
import { findKey } from "#lib/legrand/subscriptions/find-key.ts";
import { parseKeyReference } from "#lib/legrand/subscriptions/key-reference.ts";
import { listSubscriptions } from "#lib/legrand/subscriptions/store.ts";
import { today } from "#lib/legrand/subscriptions/today.ts";

export const metadata: Metadata = { title: "Subscriptions" };

type Props = { searchParams: PageQuery };

export default async function SubscriptionsPage({ searchParams }: Props) {
  const account = await requireAccount("/legrand/subscriptions");
  const regenerated = await readQueryValue(searchParams, "regenerated");
  const reference = parseKeyReference(regenerated ?? (await readQueryValue(searchParams, "show")));
  const [subscriptions, shown] = await Promise.all([
    listSubscriptions(account, today()),
    reference && findKey(account, reference),
  ]);
  // The notice lives for a minute. It stays while a key is shown, so that nothing moves then. A new key has a
  // notice of its own.
  const notice = regenerated ? null : await formNotice("/legrand/subscriptions").find();
  return (
    <LegrandShell {...await portalShell(account)} current="subscriptions">
      <SubscriptionsView
        subscriptions={subscriptions}
        shown={shown}
        isNew={regenerated !== null}
        notice={notice}
        now={now()}
      />
    </LegrandShell>
  );
}
