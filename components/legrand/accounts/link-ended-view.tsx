import { ButtonLink } from "#components/ui/button.tsx";
import { MessagePlate } from "#components/ui/message-page.tsx";

const TEXTS = {
  confirmation: {
    happened: "The link was used already, is older than 24 hours, or a newer mail has replaced it.",
    next: "If you have confirmed your address, sign in. Otherwise create the account again: you will get a new mail.",
    again: { href: "/legrand/sign-up", word: "Create an account" },
  },
  reset: {
    happened: "The link was used already, is older than one hour, or the password has changed since.",
    next: "Your password is the one that was set last. To set another one, ask for a new mail.",
    again: { href: "/legrand/forgotten-password", word: "Ask for a new mail" },
  },
};

/** Shown for a link from a mail that no longer works. */
export function LinkEndedView({ link }: { link: keyof typeof TEXTS }) {
  const { happened, next, again } = TEXTS[link];
  const actions = (
    <>
      <ButtonLink href="/legrand/sign-in">Sign in</ButtonLink>
      <ButtonLink href={again.href} variant="secondary">
        {again.word}
      </ButtonLink>
    </>
  );
  return (
    <MessagePlate edge="legrand" drawing="expired" title="This link no longer works" actions={actions}>
      <p>{happened}</p>
      <p>{next}</p>
    </MessagePlate>
  );
}
