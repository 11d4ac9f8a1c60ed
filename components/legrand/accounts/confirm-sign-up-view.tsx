import { BareFormPlate } from "#components/legrand/accounts/bare-form-plate.tsx";
import { PasswordField, PasswordScript } from "#components/legrand/accounts/password-field.tsx";
import { PersonFields } from "#components/legrand/accounts/person-fields.tsx";
import { UsernameForManager } from "#components/legrand/accounts/username-for-manager.tsx";
import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { Button } from "#components/ui/button.tsx";
import type { Country } from "#lib/legrand/accounts/countries.ts";
import type { FormNotice } from "#lib/legrand/portal/form-notice.ts";
import { showEmail } from "#lib/email-address.ts";

type ConfirmSignUpViewProps = {
  signUp: { email: string; givenName: string; familyName: string; country: string };
  token: string;
  returnTo: string;
  countries: readonly Country[];
  passwordHint: string;
  notice: FormNotice | null;
};

/**
 * Shows the page behind the link of a sign-up. Opening it changes nothing, because mail scanners follow links
 * too, but submit no form.
 */
export function ConfirmSignUpView({
  signUp,
  token,
  returnTo,
  countries,
  passwordHint,
  notice,
}: ConfirmSignUpViewProps) {
  const errors = notice?.fieldErrors ?? {};
  const values = notice?.typed ?? {
    given_name: signUp.givenName,
    family_name: signUp.familyName,
    country: signUp.country,
  };
  return (
    <BareFormPlate
      title="Confirm your e-mail address"
      lead={
        <>
          Choose a password for the Legrand account of{" "}
          <b className="font-semibold wrap-anywhere text-ink">{showEmail(signUp.email)}</b>, and check your
          name.
        </>
      }
      action="/legrand/sign-up/confirm/submit"
      hidden={{ token, return_to: returnTo }}
      after="If you did not sign up, close this page: no account is created."
    >
      <NoticeSummary notice={notice} />
      <UsernameForManager email={signUp.email} />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="new-password"
        hint={passwordHint}
        error={errors.password}
      />
      <PersonFields countries={countries} values={values} errors={errors} />
      <Button className="mt-1">Confirm</Button>
      <PasswordScript />
    </BareFormPlate>
  );
}
