import type { Metadata } from "next";

import { InteractionShell } from "#components/layout/interaction-shell.tsx";
import { SignUpView } from "#components/legrand/accounts/sign-up-view.tsx";
import { type PageQuery, readQueryValue } from "#lib/http/read-query-value.ts";
import { COUNTRIES } from "#lib/legrand/accounts/countries.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { parseReturnTo } from "#lib/legrand/portal/return-to.ts";
import { signInPath } from "#lib/legrand/portal/session.ts";

export const metadata: Metadata = { title: "Create a Legrand account" };

export default async function SignUpPage({ searchParams }: { searchParams: PageQuery }) {
  const returnTo = parseReturnTo(await readQueryValue(searchParams, "return_to"));
  return (
    <InteractionShell>
      <SignUpView
        returnTo={returnTo}
        signInHref={signInPath(returnTo)}
        countries={COUNTRIES}
        notice={await formNotice("/legrand/sign-up").find()}
      />
    </InteractionShell>
  );
}
