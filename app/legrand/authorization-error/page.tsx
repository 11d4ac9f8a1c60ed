import type { Metadata } from "next";
import { headers } from "next/headers";

import { InteractionShell } from "#components/layout/interaction-shell.tsx";
import { AuthorizationErrorView } from "#components/legrand/authorization-error/authorization-error-view.tsx";
import { SHOWN_ERROR_HEADER } from "#lib/http/server-headers.ts";
import { describeAuthorizationError } from "#lib/legrand/authorization-error/describe-authorization-error.ts";
import { openShownError } from "#lib/legrand/authorization-server/shown-error.ts";
import { findAccountOfPage } from "#lib/legrand/portal/session.ts";

const TITLES: Record<string, string> = {
  not_found: "Page not found",
  invalid_redirect_uri: "The reply URL does not match",
};

export async function generateMetadata(): Promise<Metadata> {
  const error = openShownError((await headers()).get(SHOWN_ERROR_HEADER));
  return { title: TITLES[error?.error ?? ""] ?? "Request refused", robots: "noindex" };
}

export default async function AuthorizationErrorPage() {
  const received = await headers();
  const error = openShownError(received.get(SHOWN_ERROR_HEADER));
  const viewer = { headers: received, account: error && (await findAccountOfPage()) };
  const described = await describeAuthorizationError(error, viewer);
  return (
    <InteractionShell isWide={described.mismatch !== undefined}>
      <AuthorizationErrorView {...described} />
    </InteractionShell>
  );
}
