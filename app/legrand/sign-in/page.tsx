import type { Metadata } from "next";
import { cookies } from "next/headers";

import { InteractionShell } from "#components/layout/interaction-shell.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Field } from "#components/ui/field.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { FORM_NOTICE_COOKIE, openFormNotice } from "#lib/legrand/form-notice.ts";
import { parseReturnTo } from "#lib/legrand/return-to.ts";

export const metadata: Metadata = { title: "Sign in to Legrand" };

type Props = { searchParams: Promise<{ return_to?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const returnTo = parseReturnTo([(await searchParams).return_to].flat()[0]);
  const notice = openFormNotice("/legrand/sign-in", (await cookies()).get(FORM_NOTICE_COOKIE)?.value);
  return (
    <InteractionShell>
      <Plate edge="legrand" className="p-5 pt-6 sm:p-8">
        <h1 className="text-xl">Sign in to Legrand</h1>
        <form method="post" action="/legrand/sign-in/submit" className="mt-5 grid gap-4">
          {notice?.message && <ErrorSummary title="There is a problem" errors={[{ message: notice.message }]} />}
          <input type="hidden" name="return_to" value={returnTo} />
          <Field label="E-mail" name="email" type="email" autoComplete="username" defaultValue={notice?.typed?.email} required />
          <Field label="Password" name="password" type="password" autoComplete="current-password" required />
          <Button>Sign in</Button>
        </form>
      </Plate>
    </InteractionShell>
  );
}
