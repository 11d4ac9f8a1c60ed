import { LinkButton } from "#components/ui/link-button.tsx";

/** For who knew the right password and has not followed the link in the mail. */
export function ResendForm({ signUp, returnTo }: { signUp: string; returnTo: string }) {
  return (
    <form method="post" action="/legrand/sign-up/resend" className="mt-4 text-sm text-ink-muted">
      <input type="hidden" name="sign_up" value={signUp} />
      <input type="hidden" name="return_to" value={returnTo} />
      Did the mail not arrive? <LinkButton>Send it again</LinkButton>
    </form>
  );
}
