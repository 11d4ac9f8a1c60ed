import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { cache } from "react";

import { InteractionShell } from "#components/layout/interaction-shell.tsx";
import { ConsentView } from "#components/legrand/interaction/consent-view.tsx";
import { InteractionEndedView } from "#components/legrand/interaction/interaction-ended-view.tsx";
import { SignInView } from "#components/legrand/interaction/sign-in-view.tsx";
import { env } from "#lib/env.ts";
import { SANDBOX_ACCOUNTS } from "#lib/legrand/accounts/sandbox-accounts.ts";
import { describeInteraction, type DescribedInteraction } from "#lib/legrand/interactions/describe-interaction.ts";
import { interactionPath } from "#lib/legrand/interactions/interaction-post.ts";
import { openSignInNotice, SIGN_IN_NOTICE_COOKIE } from "#lib/legrand/interactions/sign-in-notice.ts";
import { describeSignInRefusal } from "#lib/legrand/accounts/describe-sign-in-refusal.ts";

type Props = { params: Promise<{ uid: string }> };
type Of<State extends DescribedInteraction["state"]> = Extract<DescribedInteraction, { state: State }>;

const TITLES = { "sign-in": "Sign in to Legrand", consent: "Allow access", ended: "Request closed" } as const;

// Once for the title and for the page.
const describeOnce = cache(async (uid: string) => describeInteraction(uid, new Headers(await headers())));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { state } = await describeOnce((await params).uid);
  return { title: TITLES[state], robots: "noindex" };
}

export default async function InteractionPage({ params }: Props) {
  const { uid } = await params;
  const interaction = await describeOnce(uid);
  return (
    <InteractionShell>
      {interaction.state === "sign-in" ? <SignIn uid={uid} interaction={interaction} />
        : interaction.state === "consent" ? <Consent uid={uid} interaction={interaction} />
        : <Ended interaction={interaction} />}
    </InteractionShell>
  );
}

async function SignIn({ uid, interaction }: { uid: string; interaction: Of<"sign-in"> }) {
  const notice = openSignInNotice((await cookies()).get(SIGN_IN_NOTICE_COOKIE)?.value);
  const accounts = env().sandbox?.accounts ? SANDBOX_ACCOUNTS : [];
  return (
    <SignInView
      action={`${interactionPath(uid)}/sign-in`}
      cancelAction={`${interactionPath(uid)}/consent`}
      applicationName={interaction.application.name}
      email={notice?.email ?? interaction.loginHint ?? ""}
      error={notice && describeSignInRefusal(notice)}
      sandboxAccounts={accounts.map(({ email, givenName, familyName, note }) => ({ email, name: `${givenName} ${familyName}`, note }))}
    />
  );
}

function Consent({ uid, interaction }: { uid: string; interaction: Of<"consent"> }) {
  const { application, account, scopes, alreadyGranted, redirectUri } = interaction;
  return (
    <ConsentView
      action={`${interactionPath(uid)}/consent`}
      notYouAction={`${interactionPath(uid)}/sign-out`}
      application={{ ...application, logoUrl: application.logoPath }}
      account={{ name: `${account.givenName} ${account.familyName}`, email: account.email }}
      scopes={scopes}
      alreadyGranted={alreadyGranted}
      returnHost={URL.parse(redirectUri)?.host || redirectUri}
    />
  );
}

function Ended({ interaction: { reason, application, continueUrl } }: { interaction: Of<"ended"> }) {
  return (
    <InteractionEndedView
      reason={reason}
      applicationName={application?.name ?? null}
      continueUrl={continueUrl}
      applicationUrl={application?.url ?? null}
    />
  );
}
