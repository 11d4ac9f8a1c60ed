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
    <div className="flex items-center gap-3 rounded-control bg-sunken p-3">
      <Avatar name={account.name} />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{account.name}</p>
        <p className="text-sm wrap-anywhere text-ink-muted">{showEmail(account.email)}</p>
      </div>
      <form method="post" action={notYouAction} className="flex-none">
        <LinkButton>Not you?</LinkButton>
      </form>
    </div>
  );
}
