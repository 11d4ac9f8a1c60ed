import { Avatar } from "#components/ui/avatar.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { showEmail } from "#lib/email-address.ts";

type ConsentAccountProps = {
  account: { name: string; email: string };
  notYouAction: string;
};

/** Shows whose home is concerned, with a way out of another person's session. */
export function ConsentAccount({ account, notYouAction }: ConsentAccountProps) {
  return (
    <div className="mt-2.5 flex items-center gap-2.5 rounded-control bg-sunken px-3 py-1">
      <Avatar name={account.name} />
      <p className="min-w-0 flex-1 text-sm">
        <span className="mr-1.5 font-semibold">{account.name}</span>
        <span className="wrap-anywhere text-ink-muted">{showEmail(account.email)}</span>
      </p>
      <form method="post" action={notYouAction} className="flex-none">
        <LinkButton>Not you?</LinkButton>
      </form>
    </div>
  );
}
