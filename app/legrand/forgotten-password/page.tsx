import type { Metadata } from "next";

import { InteractionShell } from "#components/layout/interaction-shell.tsx";
import { BareFormPlate } from "#components/legrand/accounts/bare-form-plate.tsx";
import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmailField } from "#components/ui/email-field.tsx";
import { type PageQuery, readQueryValue } from "#lib/http/read-query-value.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { parseReturnTo } from "#lib/legrand/portal/return-to.ts";
import { signInPath } from "#lib/legrand/portal/session.ts";

export const metadata: Metadata = { title: "Forgotten your password?" };

export default async function ForgottenPasswordPage({ searchParams }: { searchParams: PageQuery }) {
  const returnTo = parseReturnTo(await readQueryValue(searchParams, "return_to"));
  const notice = await formNotice("/legrand/forgotten-password").find();
  return (
    <InteractionShell>
      <BareFormPlate
        title="Forgotten your password?"
        lead="Enter the e-mail address of your Legrand account. You will get a link that sets a new password."
        action="/legrand/forgotten-password/submit"
        hidden={{ return_to: returnTo }}
        after={
          <a
            href={signInPath(returnTo)}
            className="inline-flex min-h-6 items-center text-ink pointer-coarse:min-h-11"
          >
            Back to sign-in
          </a>
        }
      >
        <NoticeSummary notice={notice} />
        <EmailField
          label="E-mail"
          name="email"
          autoComplete="username"
          defaultValue={notice?.typed?.email}
          error={notice?.fieldErrors?.email}
          required
        />
        <Button className="mt-1">Send the link</Button>
      </BareFormPlate>
    </InteractionShell>
  );
}
