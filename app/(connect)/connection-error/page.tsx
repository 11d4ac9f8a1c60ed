import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { ConnectionErrorView } from "#components/connect/connection-error-view.tsx";
import { ChooseAgainForm, ConnectForm, SignOutForm } from "#components/connect/forms.tsx";
import { ConnectShell } from "#components/layout/connect-shell.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { HandOver } from "#components/ui/hand-over.tsx";
import { findUser } from "#lib/connect/auth/auth.ts";
import {
  describeConnectionProblem,
  type DescribedProblem,
} from "#lib/connect/problems/describe-connection-problem.ts";

export const metadata: Metadata = { title: "Not connected", robots: "noindex" };

type Props = { searchParams: Promise<{ problem?: string; error?: string }> };

export default async function ConnectionErrorPage({ searchParams }: Props) {
  const { problem, error } = await searchParams;
  const user = await findUser();
  const described = describeConnectionProblem(problem ?? (error && "failed"), { isSignedIn: user !== null });
  if (!described) redirect("/");
  return (
    // A page whose next step is to sign out has that button beside its explanation, and only there.
    <ConnectShell signedIn={user} signOut={described.next !== "sign_out" && <SignOutForm />}>
      <ConnectionErrorView
        {...described}
        next={<NextStep next={described.next} signedIn={user !== null} />}
      />
    </ConnectShell>
  );
}

function NextStep({ next, signedIn }: { next: DescribedProblem["next"]; signedIn: boolean }) {
  return (
    <>
      {next === "again" && <ConnectForm />}
      {next === "choose" && <ChooseAgainForm />}
      {next === "sign_out" && <SignOutForm variant="primary" />}
      {signedIn ? (
        <ButtonLink href="/account" variant={next === "account" ? "primary" : "secondary"}>
          Go to my account
        </ButtonLink>
      ) : (
        <ButtonLink href="/" variant="secondary">
          Go to the start page
        </ButtonLink>
      )}
      {(next === "again" || next === "choose") && (
        <HandOver className="w-full">You will be taken to Legrand.</HandOver>
      )}
    </>
  );
}
