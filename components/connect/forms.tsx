import { Button } from "#components/ui/button.tsx";

type ConnectFormProps = { label?: string; recognition?: "openid" | "plants" };

/** The form with the button that begins it all. */
export function ConnectForm({ label = "Connect Legrand", recognition = "openid" }: ConnectFormProps) {
  return (
    <form method="post" action="/connect">
      <Button name="recognition" value={recognition}>{label}</Button>
    </form>
  );
}

export function SignOutForm() {
  return (
    <form method="post" action="/sign-out">
      <Button variant="secondary">Sign out</Button>
    </form>
  );
}

/** Leads to the question; a form, so that it is a button. */
export function DisconnectForm({ id }: { id: string }) {
  return (
    <form method="get" action={`/account/${id}/disconnect`}>
      <Button variant="danger-quiet">Disconnect</Button>
    </form>
  );
}
