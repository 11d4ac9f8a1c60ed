import type { Metadata } from "next";

import { InteractionShell } from "#components/layout/interaction-shell.tsx";
import { LinkEndedView } from "#components/legrand/accounts/link-ended-view.tsx";
import { ResetPasswordView } from "#components/legrand/accounts/reset-password-view.tsx";
import { digest } from "#lib/crypto/digest.ts";
import { type PageQuery, readQueryValue } from "#lib/http/read-query-value.ts";
import { PASSWORD_HINT } from "#lib/legrand/accounts/check-password.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { findAccountOfReset } from "#lib/legrand/password-reset/store.ts";
import { parseReturnTo } from "#lib/legrand/portal/return-to.ts";

export const metadata: Metadata = { title: "Set a new password" };

export default async function ResetPasswordPage({ searchParams }: { searchParams: PageQuery }) {
  const token = (await readQueryValue(searchParams, "token")) ?? "";
  const account = await findAccountOfReset(digest(token));
  return (
    <InteractionShell>
      {account ? (
        <ResetPasswordView
          email={account.email}
          token={token}
          returnTo={parseReturnTo(await readQueryValue(searchParams, "return_to"))}
          passwordHint={PASSWORD_HINT}
          notice={await formNotice("/legrand/reset-password").find()}
        />
      ) : (
        <LinkEndedView link="reset" />
      )}
    </InteractionShell>
  );
}
