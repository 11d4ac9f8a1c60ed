import type { ReactNode } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { HandOver } from "#components/ui/hand-over.tsx";
import { MessagePlate } from "#components/ui/message-page.tsx";

/** Shown instead of an account page if the browser has no session. */
export function ConnectFirstView({ connectAction }: { connectAction: ReactNode }) {
  return (
    <div className="m-auto w-full max-w-column">
      <MessagePlate
        edge="connect"
        drawing="not-connected"
        title="Connect your Legrand account first"
        actions={
          <>
            {connectAction}
            <ButtonLink href="/" variant="secondary">
              Go to the start page
            </ButtonLink>
            <HandOver className="w-full">You will be taken to Legrand.</HandOver>
          </>
        }
      >
        <p>
          You are not signed in. This page shows a connected Legrand account to the person who connected it.
          You sign in here by connecting it.
        </p>
        <p>
          If you connected it before, connect it again: nothing is lost, and Legrand asks only about new
          permissions.
        </p>
      </MessagePlate>
    </div>
  );
}
