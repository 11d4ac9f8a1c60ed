import type { Metadata } from "next";
import { headers } from "next/headers";
import { cache } from "react";

import { InteractionShell } from "#components/layout/interaction-shell.tsx";
import { SignInView } from "#components/legrand/accounts/sign-in-view.tsx";
import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { ConsentView } from "#components/legrand/interaction/consent-view.tsx";
import { InteractionEndedView } from "#components/legrand/interaction/interaction-ended-view.tsx";
import { env } from "#lib/env.ts";
import { fullName } from "#lib/legrand/accounts/full-name.ts";
import { offeredAccounts } from "#lib/legrand/accounts/offered-accounts.ts";
import { describeLifetime } from "#lib/legrand/grants/describe-lifetime.ts";
import {
  describeInteraction,
  type DescribedInteraction,
} from "#lib/legrand/interactions/describe-interaction.ts";
import { findConsentNotice, restoreTicks } from "#lib/legrand/interactions/consent-notice.ts";
import { interactionPath } from "#lib/legrand/interactions/interaction-post.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { signInLinks } from "#lib/legrand/portal/sign-in-links.ts";

type Props = { params: Promise<{ uid: string }> };
type Of<State extends DescribedInteraction["state"]> = Extract<DescribedInteraction, { state: State }>;

const TITLES = { "sign-in": "Sign in to Legrand", consent: "Allow access", ended: "Request closed" } as const;

// Cached, so that the title and the page share one call.
const describeOnce = cache(async (uid: string) => describeInteraction(uid, new Headers(await headers())));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const interaction = await describeOnce((await params).uid);
  const isReview = interaction.state === "consent" && interaction.isReview;
  const isChoice = interaction.state === "sign-in" && interaction.signedIn;
  return {
    title: isReview ? "Change access" : isChoice ? "Choose an account" : TITLES[interaction.state],
    robots: "noindex",
  };
}

export default async function InteractionPage({ params }: Props) {
  const { uid } = await params;
  const interaction = await describeOnce(uid);
  return (
    <InteractionShell isConsent={interaction.state === "consent"}>
      {interaction.state === "sign-in" ? (
        <SignIn uid={uid} interaction={interaction} />
      ) : interaction.state === "consent" ? (
        <Consent uid={uid} interaction={interaction} />
      ) : (
        <Ended interaction={interaction} />
      )}
    </InteractionShell>
  );
}

async function SignIn({ uid, interaction }: { uid: string; interaction: Of<"sign-in"> }) {
  const path = interactionPath(uid);
  const { signedIn, application } = interaction;
  return (
    <SignInView
      action={`${path}/sign-in`}
      {...signInLinks(path)}
      connecting={{ application, cancelAction: `${path}/consent` }}
      email={interaction.loginHint}
      notice={await formNotice(path).find()}
      signedIn={signedIn && { name: fullName(signedIn), email: signedIn.email, action: `${path}/continue` }}
      sandboxAccounts={offeredAccounts(await headers()).filter(({ email }) => email !== signedIn?.email)}
    />
  );
}

async function Consent({ uid, interaction }: { uid: string; interaction: Of<"consent"> }) {
  const { application, account, alreadyGranted, redirectUri } = interaction;
  const notice = await findConsentNotice(uid);
  return (
    <div className="grid gap-4">
      <NoticeSummary notice={notice} />
      <ConsentView
        action={`${interactionPath(uid)}/consent`}
        notYouAction={`${interactionPath(uid)}/sign-out`}
        application={{ ...application, logoUrl: application.logoPath }}
        account={{ name: fullName(account), email: account.email }}
        {...restoreTicks(interaction, notice)}
        homesError={notice?.fieldErrors?.home}
        alreadyGranted={alreadyGranted}
        isReview={interaction.isReview}
        hasGrant={interaction.hasGrant}
        isUnproven={interaction.isUnproven}
        lifetime={describeLifetime(env().sandbox!.refreshMaxDays)}
        returnHost={URL.parse(redirectUri)?.host || redirectUri}
      />
    </div>
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
