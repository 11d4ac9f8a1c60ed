"use client";

import { ButtonLink } from "#components/ui/button.tsx";
import { MessagePlate } from "#components/ui/message-page.tsx";

export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-column place-items-center px-4">
      <MessagePlate
        edge="connect"
        code={error.digest ?? "failed"}
        drawing="failed"
        title="Something failed on our side"
        actions={<ButtonLink href="/">Go to the start page</ButtonLink>}
      >
        <p>Nothing was changed. Try again in a moment. The code below leads to the reason in the log.</p>
      </MessagePlate>
    </main>
  );
}
