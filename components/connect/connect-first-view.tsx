import type { ReactNode } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { MessagePlate } from "#components/ui/message-page.tsx";

/** Shown instead of an account page if the browser has no session. */
export function ConnectFirstView({ connectAction }: { connectAction: ReactNode }) {
  return (
    <div className="m-auto w-full max-w-column">
      <MessagePlate
        edge="connect"
        title="Connect your Legrand account first"
        actions={
          <>
            {connectAction}
            <ButtonLink href="/" variant="secondary">
              Go to the start page
            </ButtonLink>
          </>
        }
      >
        <p>
          You are not signed in. This page shows a connected Legrand account to the person who connected it.
          You sign in here by connecting it.
        </p>
        <p>
          If you connected it before, connect it again: nothing is lost, and Legrand asks only about new
          permissions. You will be taken to Legrand.
        </p>
      </MessagePlate>
    </div>
  );
}
