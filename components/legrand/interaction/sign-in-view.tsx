import { SandboxAccounts } from "#components/legrand/interaction/sandbox-accounts.tsx";
import type { SandboxAccount } from "#components/legrand/interaction/sandbox-accounts.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Field } from "#components/ui/field.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Plate } from "#components/ui/plate.tsx";

type SignInViewProps = {
  action: string;
  cancelAction: string;
  applicationName: string | null;
  email?: string;
  error?: { title: string; message: string } | null;
  sandboxAccounts: SandboxAccount[];
};

export function SignInView(props: SignInViewProps) {
  const { action, cancelAction, applicationName, email, error, sandboxAccounts } = props;
  return (
    <Plate edge="legrand" className="p-5 pt-6 sm:p-8">
      <Mark party="legrand" />
      <h1 className="mt-4 text-xl">Sign in to Legrand</h1>
      {applicationName && (
        <p className="mt-1 text-ink-muted">
          to continue to <b className="font-semibold text-ink">{applicationName}</b>
        </p>
      )}
      <form method="post" action={action} className="mt-5 grid gap-4">
        {error && <ErrorSummary title={error.title} errors={[{ message: error.message }]} />}
        <Field label="E-mail" name="email" type="email" autoComplete="username" defaultValue={email} required />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required />
        <div className="mt-1 grid grid-cols-2 gap-3">
          <Button>Sign in</Button>
          {/* Belongs to the form below: cancelling sends no password, and Enter in a field cannot cancel. */}
          <Button variant="secondary" form="cancel-sign-in" name="decision" value="deny">
            Cancel
          </Button>
        </div>
      </form>
      <form id="cancel-sign-in" method="post" action={cancelAction} />
      {sandboxAccounts.length > 0 && <SandboxAccounts action={action} accounts={sandboxAccounts} />}
    </Plate>
  );
}
