import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { MailListView } from "#components/legrand/mail/mail-list-view.tsx";
import { now } from "#lib/clock.ts";
import { type PageQuery, readQueryValue } from "#lib/http/read-query-value.ts";
import { mayReadKeptMail } from "#lib/legrand/mail/may-read-kept-mail.ts";
import { listKeptMail } from "#lib/legrand/mail/read-kept-mail.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { findAccountOfPage } from "#lib/legrand/portal/session.ts";

export const metadata: Metadata = { title: "Mail" };

type Props = { searchParams: PageQuery };

export default async function MailPage({ searchParams }: Props) {
  if (!mayReadKeptMail(await headers())) notFound();
  const to = (await readQueryValue(searchParams, "to"))?.trim() || null;
  const [account, mails] = await Promise.all([findAccountOfPage(), listKeptMail(to)]);
  return (
    <LegrandShell {...await portalShell(account)} current="mail">
      <MailListView mails={mails} to={to} now={now()} />
    </LegrandShell>
  );
}
