import type { ReactNode } from "react";
import { LandingSteps } from "#components/connect/landing-steps.tsx";
import { HandOver } from "#components/ui/hand-over.tsx";

type LandingViewProps = {
  /** A form with the button "Connect Legrand". */
  connectAction: ReactNode;
  signedIn: boolean;
  /** True if the sandbox's accounts are offered. */
  sandbox: boolean;
  /** The address where developers register an application, or null if that is not possible here. */
  portalUrl: string | null;
};

export function LandingView({ connectAction, signedIn, sandbox, portalUrl }: LandingViewProps) {
  return (
    <div className="m-auto grid w-full gap-10 md:gap-12">
      <div className="max-w-text">
        <h1 className="text-2xl">Connect your Legrand home</h1>
        <p className="mt-3 mb-6 text-ink-muted">
          See the rooms of your home and set the heating from here. Nothing is shared until you accept at
          Legrand, and you can undo it at any time.
        </p>
        <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
          {connectAction}
          <HandOver>You will be taken to {sandbox ? "the Legrand sandbox" : "Legrand"}.</HandOver>
        </div>
        <Hint signedIn={signedIn} sandbox={sandbox} />
      </div>
      <LandingSteps />
      {portalUrl && (
        <p className="text-ink-muted">
          Building an application of your own?{" "}
          <a href={portalUrl} className="font-medium text-ink">
            Register it in the developer portal
          </a>
        </p>
      )}
    </div>
  );
}

/** Says what comes at Legrand, in words that are true for the reader. */
function Hint({ signedIn, sandbox }: Pick<LandingViewProps, "signedIn" | "sandbox">) {
  const rest = signedIn
    ? "You are signed in: connecting again renews the access, and Legrand asks only about permissions that you have not allowed yet."
    : sandbox && "No account there? Choose a sandbox account.";
  return rest && <p className="mt-3 text-sm text-ink-subtle">{rest}</p>;
}
