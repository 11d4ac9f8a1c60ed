import { ConnectForm, SignOutForm } from "#components/connect/forms.tsx";
import { LandingView } from "#components/connect/landing-view.tsx";
import { ConnectShell } from "#components/layout/connect-shell.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { findUser } from "#lib/connect/auth.ts";
import { env } from "#lib/env.ts";

type Props = { searchParams: Promise<{ disconnected?: string }> };

const DISCONNECTED: Record<string, string> = {
  revoked: "The account is disconnected. Its tokens are revoked at Legrand and deleted here.",
  forgotten: "The account is disconnected and its tokens are deleted here. Legrand could not be told: remove the access there too.",
};

export default async function HomePage({ searchParams }: Props) {
  const user = await findUser();
  const message = DISCONNECTED[(await searchParams).disconnected ?? ""];
  return (
    <ConnectShell signedIn={user} current="home" signOut={<SignOutForm />}>
      {message && <Notice tone="info">{message}</Notice>}
      <LandingView
        connectAction={<ConnectForm />}
        signedIn={user !== null}
        sandbox={env().sandbox?.accounts ?? false}
        portalUrl={env().sandbox ? "/legrand/applications" : null}
      />
    </ConnectShell>
  );
}
