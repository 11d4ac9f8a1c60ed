import { AskingMarks } from "#components/legrand/applications/asking-marks.tsx";
import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { ContinueAs, type SignedInAccount } from "#components/legrand/accounts/continue-as.tsx";
import { PasswordField, PasswordScript } from "#components/legrand/accounts/password-field.tsx";
import { SandboxAccounts } from "#components/legrand/accounts/sandbox-accounts.tsx";
import type { OfferedAccount } from "#components/legrand/accounts/sandbox-accounts.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmailField } from "#components/ui/email-field.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { FormNotice } from "#lib/legrand/portal/form-notice.ts";

type SignInViewProps = {
  action: string;
  /** Where the person goes after signing in, whichever method they use. */
  returnTo: string;
  signUpHref: string;
  forgottenHref: string;
  /** While connecting: the application, and the address that cancels. */
  connecting?: { application: { name: string; logoPath: string | null }; cancelAction: string };
  email?: string;
  notice: FormNotice | null;
  /** The signed-in account, if the person is asked to choose one. */
  signedIn?: SignedInAccount | null;
  sandboxAccounts: OfferedAccount[];
};

export function SignInView(props: SignInViewProps) {
  const {
    action,
    returnTo,
    signUpHref,
    forgottenHref,
    connecting,
    email,
    notice,
    signedIn,
    sandboxAccounts,
  } = props;
  return (
    <Plate edge="legrand" className="p-5 pt-6 sm:p-8">
      <PasswordScript />
      {connecting ? <AskingMarks {...connecting.application} /> : <Mark party="legrand" />}
      <h1 className="mt-4 text-xl">{signedIn ? "Choose an account" : "Sign in to Legrand"}</h1>
      {connecting && (
        <p className="mt-1 text-ink-muted">
          to continue to <b className="font-semibold text-ink">{connecting.application.name}</b>
        </p>
      )}
      {signedIn && <ContinueAs account={signedIn} />}
      {signedIn && <h2 className="mt-6 text-md">Use another account</h2>}
      <form method="post" action={action} noValidate className="mt-5 grid gap-4">
        <NoticeSummary notice={notice} />
        <input type="hidden" name="return_to" value={returnTo} />
        <EmailField
          label="E-mail"
          name="email"
          autoComplete="username"
          defaultValue={notice?.typed?.email ?? email}
          required
        />
        <PasswordField label="Password" name="password" autoComplete="current-password" />
        <div className={`mt-1 grid gap-3 ${connecting ? "grid-cols-2" : ""}`}>
          <Button>Sign in</Button>
          {/* Belongs to the form below, so that cancelling sends no password and Enter in a field cannot
              cancel. */}
          {connecting && (
            <Button variant="secondary" form="cancel-sign-in" name="decision" value="deny">
              Cancel
            </Button>
          )}
        </div>
      </form>
      {connecting && <form id="cancel-sign-in" method="post" action={connecting.cancelAction} />}
      <OtherWays signUpHref={signUpHref} forgottenHref={forgottenHref} />
      {sandboxAccounts.length > 0 && (
        <SandboxAccounts action={action} returnTo={returnTo} accounts={sandboxAccounts} />
      )}
    </Plate>
  );
}

function OtherWays({ signUpHref, forgottenHref }: Pick<SignInViewProps, "signUpHref" | "forgottenHref">) {
  return (
    <p className="mt-4 flex flex-wrap justify-between gap-x-4 text-sm">
      <a href={signUpHref} className="inline-flex min-h-6 items-center pointer-coarse:min-h-11">
        Create an account
      </a>
      <a href={forgottenHref} className="inline-flex min-h-6 items-center pointer-coarse:min-h-11">
        Forgotten your password?
      </a>
    </p>
  );
}
