import { BareFormPlate } from "#components/legrand/accounts/bare-form-plate.tsx";
import { PasswordField, PasswordScript } from "#components/legrand/accounts/password-field.tsx";
import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { UsernameForManager } from "#components/legrand/accounts/username-for-manager.tsx";
import { Button } from "#components/ui/button.tsx";
import type { FormNotice } from "#lib/legrand/portal/form-notice.ts";
import { showEmail } from "#lib/email-address.ts";

type ResetPasswordViewProps = {
  email: string;
  token: string;
  returnTo: string;
  passwordHint: string;
  notice: FormNotice | null;
};

export function ResetPasswordView({ email, token, returnTo, passwordHint, notice }: ResetPasswordViewProps) {
  return (
    <BareFormPlate
      title="Set a new password"
      lead={
        <>
          For the Legrand account of{" "}
          <b className="font-semibold wrap-anywhere text-ink">{showEmail(email)}</b>
        </>
      }
      action="/legrand/reset-password/submit"
      hidden={{ token, return_to: returnTo }}
      after="All browsers that are signed in to this account will be signed out."
    >
      <NoticeSummary notice={notice} />
      <UsernameForManager email={email} />
      <PasswordField
        label="New password"
        name="password"
        autoComplete="new-password"
        hint={passwordHint}
        error={notice?.fieldErrors?.password}
      />
      <Button className="mt-1">Set new password</Button>
      <PasswordScript />
    </BareFormPlate>
  );
}
