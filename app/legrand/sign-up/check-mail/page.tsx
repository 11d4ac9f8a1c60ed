import type { Metadata } from "next";
import { headers } from "next/headers";

import { InteractionShell } from "#components/layout/interaction-shell.tsx";
import { CheckMailView } from "#components/legrand/accounts/check-mail-view.tsx";
import { env } from "#lib/env.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { mayReadKeptMail } from "#lib/legrand/mail/may-read-kept-mail.ts";

export const metadata: Metadata = { title: "Check your mail" };

export default async function CheckMailPage() {
  const notice = await formNotice("/legrand/sign-up/check-mail").find();
  return (
    <InteractionShell>
      <CheckMailView
        email={notice?.typed?.email}
        purpose="confirm your address and choose a password"
        lifetime="24 hours"
        again={{ href: "/legrand/sign-up", word: "create the account again" }}
        isMailKept={env().mail.smtpUrl === undefined}
        canReadMail={mayReadKeptMail(await headers())}
      />
    </InteractionShell>
  );
}
