import type { Metadata } from "next";

import { InteractionShell } from "#components/layout/interaction-shell.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { MessagePlate } from "#components/ui/message-page.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <InteractionShell footer="Legrand Connect">
      <MessagePlate edge="connect" code="not_found" title="There is no such page" actions={<ButtonLink href="/">Go to the start page</ButtonLink>}>
        <p>The address may be mistyped, or what it named is gone.</p>
      </MessagePlate>
    </InteractionShell>
  );
}
