import type { Metadata } from "next";

import { InteractionShell } from "#components/layout/interaction-shell.tsx";
import { ConfirmSignUpView } from "#components/legrand/accounts/confirm-sign-up-view.tsx";
import { LinkEndedView } from "#components/legrand/accounts/link-ended-view.tsx";
import { digest } from "#lib/crypto/digest.ts";
import { type PageQuery, readQueryValue } from "#lib/http/read-query-value.ts";
import { PASSWORD_HINT } from "#lib/legrand/accounts/check-password.ts";
import { COUNTRIES } from "#lib/legrand/accounts/countries.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { parseReturnTo } from "#lib/legrand/portal/return-to.ts";
import { findSignUp } from "#lib/legrand/sign-up/store.ts";

export const metadata: Metadata = { title: "Confirm your e-mail address" };

export default async function ConfirmPage({ searchParams }: { searchParams: PageQuery }) {
  const token = (await readQueryValue(searchParams, "token")) ?? "";
  const signUp = await findSignUp(digest(token));
  return (
    <InteractionShell>
      {signUp && !signUp.isConfirmed ? (
        <ConfirmSignUpView
          signUp={signUp}
          token={token}
          returnTo={parseReturnTo(await readQueryValue(searchParams, "return_to"))}
          countries={COUNTRIES}
          passwordHint={PASSWORD_HINT}
          notice={await formNotice("/legrand/sign-up/confirm").find()}
        />
      ) : (
        <LinkEndedView link="confirmation" />
      )}
    </InteractionShell>
  );
}
