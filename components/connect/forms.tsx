import { Button, type ButtonVariant } from "#components/ui/button.tsx";

/** The form with the button **Connect Legrand**. */
export function ConnectForm() {
  return (
    <form method="post" action="/connect">
      <Button>Connect Legrand</Button>
    </form>
  );
}

/** Makes Legrand ask for consent again, whatever the earlier answer was. */
export function ChooseAgainForm() {
  return (
    <form method="post" action="/connect">
      <Button name="intent" value="choose">
        Choose again at Legrand
      </Button>
    </form>
  );
}

/** Adds one more Legrand account. Legrand asks which one, even if a person is signed in there. */
export function ConnectAnotherForm() {
  return (
    <form method="post" action="/connect">
      <Button variant="secondary" name="intent" value="another">
        Connect another account
      </Button>
    </form>
  );
}

type AccountFormProps = { accountId: string; label: string; variant?: ButtonVariant };

/** Starts an authorization request for a known account, to reconnect it or to change what it allows. */
export function AccountConnectForm({
  accountId,
  intent,
  label,
  variant = "secondary",
}: AccountFormProps & { intent: "reconnect" | "change" }) {
  return (
    <form method="post" action="/connect">
      <input type="hidden" name="account" value={accountId} />
      <Button variant={variant} name="intent" value={intent}>
        {label}
      </Button>
    </form>
  );
}

/** Requests only these scopes, in addition to those already granted. */
export function AskScopeForm({
  accountId,
  scopes,
  label,
  variant = "secondary",
}: AccountFormProps & { scopes: string[] }) {
  return (
    <form method="post" action="/connect">
      <input type="hidden" name="account" value={accountId} />
      {scopes.map((scope) => (
        <input key={scope} type="hidden" name="scope" value={scope} />
      ))}
      <Button variant={variant}>{label}</Button>
    </form>
  );
}

/** Posts a small action on an account to its own address. */
export function AccountActForm({
  accountId,
  action,
  label,
  variant = "secondary",
}: AccountFormProps & { action: string }) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name="id" value={accountId} />
      <Button variant={variant}>{label}</Button>
    </form>
  );
}

export function SignOutForm({ variant = "secondary" }: { variant?: ButtonVariant }) {
  return (
    <form method="post" action="/sign-out">
      <Button variant={variant}>Sign out</Button>
    </form>
  );
}

/** Leads to the question before a disconnect. It is a form, so that it can be a button. */
export function DisconnectForm({ id }: { id: string }) {
  return (
    <form method="get" action={`/account/${id}/disconnect`}>
      <Button variant="danger-quiet">Disconnect</Button>
    </form>
  );
}
