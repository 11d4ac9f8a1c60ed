import { ButtonLink } from "#components/ui/button.tsx";
import { MessagePlate } from "#components/ui/message-page.tsx";

/** Replaces a form that could not be saved because of a limit. */
export function TooManyView({ title, children }: { title: string; children: string }) {
  return (
    <MessagePlate
      title={title}
      actions={<ButtonLink href="/legrand/applications">My Applications</ButtonLink>}
    >
      <p>{children}</p>
    </MessagePlate>
  );
}
