import type { Metadata } from "next";
import { headers } from "next/headers";

import { InteractionShell } from "#components/layout/interaction-shell.tsx";
import { AuthorizationErrorView } from "#components/legrand/authorization-error/authorization-error-view.tsx";
import { SHOWN_ERROR_HEADER } from "#lib/http/shown-error-header.ts";
import { describeAuthorizationError } from "#lib/legrand/authorization-server/describe-error.ts";
import { openShownError } from "#lib/legrand/authorization-server/error-answers.ts";

export const metadata: Metadata = { title: "Request refused", robots: "noindex" };

export default async function AuthorizationErrorPage() {
  const error = openShownError((await headers()).get(SHOWN_ERROR_HEADER));
  return (
    <InteractionShell>
      <AuthorizationErrorView {...(await describeAuthorizationError(error))} />
    </InteractionShell>
  );
}
