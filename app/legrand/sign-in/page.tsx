import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";

import { InteractionShell } from "#components/layout/interaction-shell.tsx";
import { SignInView } from "#components/legrand/accounts/sign-in-view.tsx";
import { type PageQuery, readQueryValue } from "#lib/http/read-query-value.ts";
import { offeredAccounts } from "#lib/legrand/accounts/offered-accounts.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { parseReturnTo } from "#lib/legrand/portal/return-to.ts";
import { findAccountOfPage } from "#lib/legrand/portal/session.ts";
import { signInLinks } from "#lib/legrand/portal/sign-in-links.ts";

export const metadata: Metadata = { title: "Sign in to Legrand" };

export default async function SignInPage({ searchParams }: { searchParams: PageQuery }) {
  const returnTo = parseReturnTo(await readQueryValue(searchParams, "return_to"));
  const notice = await formNotice("/legrand/sign-in").find();
  // A notice is for a person who has to sign in now, for example with the account just confirmed, even if
  // another account is signed in here.
  if (!notice && (await findAccountOfPage())) redirect(returnTo);
  return (
    <InteractionShell>
      <SignInView
        action="/legrand/sign-in/submit"
        {...signInLinks(returnTo)}
        notice={notice}
        sandboxAccounts={offeredAccounts(await headers())}
      />
    </InteractionShell>
  );
}
