import { ButtonLink } from "#components/ui/button.tsx";
import { MessagePlate } from "#components/ui/message-page.tsx";

/** In place of a form that could not be kept. */
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
