import { ConnectForm, SignOutForm } from "#components/connect/forms.tsx";
import { LandingView } from "#components/connect/landing-view.tsx";
import { ConnectShell } from "#components/layout/connect-shell.tsx";
import { findUser } from "#lib/connect/auth.ts";
import { env } from "#lib/env.ts";

export default async function HomePage() {
  const user = await findUser();
  return (
    <ConnectShell signedIn={user} current="home" signOut={<SignOutForm />}>
      <LandingView
        connectAction={<ConnectForm />}
        signedIn={user !== null}
        sandbox={env().sandbox?.accounts ?? false}
      />
    </ConnectShell>
  );
}
