import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { MailView } from "#components/legrand/mail/mail-view.tsx";
import { now } from "#lib/clock.ts";
import { mayReadKeptMail } from "#lib/legrand/mail/may-read-kept-mail.ts";
import { findKeptMail } from "#lib/legrand/mail/read-kept-mail.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { findAccountOfPage } from "#lib/legrand/portal/session.ts";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const mail = mayReadKeptMail(await headers()) ? await findKeptMail((await params).id) : null;
  return { title: mail ? `${mail.subject || "No subject"} · Mail` : "Not found" };
}

export default async function OneMailPage({ params }: Props) {
  if (!mayReadKeptMail(await headers())) notFound();
  const [account, mail] = await Promise.all([findAccountOfPage(), findKeptMail((await params).id)]);
  return (
    <LegrandShell {...await portalShell(account)} current="mail">
      <MailView mail={mail ?? notFound()} now={now()} />
    </LegrandShell>
  );
}
