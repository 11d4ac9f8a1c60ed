import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { MailView } from "#components/legrand/mail/mail-view.tsx";
import { now } from "#lib/clock.ts";
import { env } from "#lib/env.ts";
import { findKeptMail } from "#lib/legrand/mail/read-kept-mail.ts";
import { portalShell } from "#lib/legrand/portal-shell.ts";
import { findAccountOfPage } from "#lib/legrand/session.ts";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const mail = env().sandbox?.mail.isReadable ? await findKeptMail((await params).id) : null;
  return { title: mail ? `${mail.subject || "No subject"}, mail` : "Not found" };
}

export default async function OneMailPage({ params }: Props) {
  if (!env().sandbox?.mail.isReadable) notFound();
  const [account, mail] = await Promise.all([findAccountOfPage(), findKeptMail((await params).id)]);
  return (
    <LegrandShell {...portalShell(account)} current="mail">
      <MailView mail={mail ?? notFound()} now={now()} />
    </LegrandShell>
  );
}
