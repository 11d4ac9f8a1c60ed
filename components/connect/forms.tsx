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

export function DisconnectForm({ id }: { id: string }) {
  return (
    <form method="post" action="/account/disconnect">
      <input type="hidden" name="id" value={id} />
      <Button variant="danger-quiet">Disconnect</Button>
    </form>
  );
}
