import { Button } from "#components/ui/button.tsx";

type FormAction = (form: FormData) => Promise<void>;

/** The form with the button that begins it all. */
export function ConnectForm({ action, label = "Connect Legrand" }: { action: FormAction; label?: string }) {
  return (
    <form action={action}>
      <Button>{label}</Button>
    </form>
  );
}

export function SignOutForm({ action }: { action: FormAction }) {
  return (
    <form action={action}>
      <Button variant="secondary">Sign out</Button>
    </form>
  );
}

export function DisconnectForm({ action, id }: { action: FormAction; id: string }) {
  return (
    <form action={action}>
      <input type="hidden" name="id" value={id} />
      <Button variant="danger">Disconnect</Button>
    </form>
  );
}
