import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { PasswordField, PasswordScript } from "#components/legrand/accounts/password-field.tsx";
import { UsernameForManager } from "#components/legrand/accounts/username-for-manager.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { FormNotice } from "#lib/legrand/portal/form-notice.ts";
import { showEmail } from "#lib/email-address.ts";

type DeleteAccountViewProps = {
  email: string;
  /** What is deleted with the account, one sentence each. */
  losses: string[];
  notice: FormNotice | null;
};

export function DeleteAccountView({ email, losses, notice }: DeleteAccountViewProps) {
  return (
    <Plate as="section" className="mt-6 max-w-question p-5 sm:p-8">
      <NoticeSummary notice={notice} />
      <div className={notice ? "mt-5" : ""}>
        <p>
          The account of <b className="font-semibold wrap-anywhere">{showEmail(email)}</b> will be deleted
          immediately and cannot be restored.
        </p>
        {losses.length > 0 && (
          <>
            <p className="mt-4" id="losses">
              This also deletes:
            </p>
            <ul aria-labelledby="losses" className="mt-2 list-disc pl-5">
              {losses.map((loss) => (
                <li key={loss}>{loss}</li>
              ))}
            </ul>
          </>
        )}
        <form method="post" action="/legrand/account/delete/submit" noValidate className="mt-5 grid gap-4">
          <UsernameForManager email={email} />
          <PasswordField
            label="Current password"
            name="current_password"
            autoComplete="current-password"
            error={notice?.fieldErrors?.current_password}
          />
          <div className="mt-1 flex flex-wrap gap-3">
            <Button variant="danger">Delete account</Button>
            <ButtonLink href="/legrand/account" variant="secondary">
              Keep account
            </ButtonLink>
          </div>
          <PasswordScript />
        </form>
      </div>
    </Plate>
  );
}
