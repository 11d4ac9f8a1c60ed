import type { Metadata } from "next";

import { InteractionShell } from "#components/layout/interaction-shell.tsx";
import { BareFormPlate } from "#components/legrand/accounts/bare-form-plate.tsx";
import { LinkEndedView } from "#components/legrand/accounts/link-ended-view.tsx";
import { Button } from "#components/ui/button.tsx";
import { digest } from "#lib/crypto/digest.ts";
import { type PageQuery, readQueryValue } from "#lib/http/read-query-value.ts";
import { parseReturnTo } from "#lib/legrand/return-to.ts";
import { findSignUp } from "#lib/legrand/sign-up/store.ts";

export const metadata: Metadata = { title: "Confirm your e-mail address" };

export default async function ConfirmPage({ searchParams }: { searchParams: PageQuery }) {
  const token = (await readQueryValue(searchParams, "token")) ?? "";
  const signUp = await findSignUp(digest(token));
  if (!signUp || signUp.isConfirmed) {
    return (
      <InteractionShell>
        <LinkEndedView link="confirmation" />
      </InteractionShell>
    );
  }
  // A button, because programs that look for malware follow links too; they press none.
  return (
    <InteractionShell>
      <BareFormPlate
        title="Confirm your e-mail address"
        lead={<>The Legrand account of <b className="font-semibold wrap-anywhere text-ink">{signUp.email}</b> is made when you confirm.</>}
        action="/legrand/sign-up/confirm/submit"
        hidden={{ token, return_to: parseReturnTo(await readQueryValue(searchParams, "return_to")) }}
        after="You did not sign up? Close this page, and no account will be made."
      >
        <Button>Confirm</Button>
      </BareFormPlate>
    </InteractionShell>
  );
}
