import { BareFormPlate } from "#components/legrand/accounts/bare-form-plate.tsx";
import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { PersonFields } from "#components/legrand/accounts/person-fields.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmailField } from "#components/ui/email-field.tsx";
import type { Country } from "#lib/legrand/accounts/countries.ts";
import type { FormNotice } from "#lib/legrand/portal/form-notice.ts";

type SignUpViewProps = {
  returnTo: string;
  signInHref: string;
  countries: readonly Country[];
  notice: FormNotice | null;
};

export function SignUpView({ returnTo, signInHref, countries, notice }: SignUpViewProps) {
  const { typed = {}, fieldErrors = {} } = notice ?? {};
  return (
    <BareFormPlate
      title="Create a Legrand account"
      lead="Use one account to register applications as a developer and to give applications access to your home."
      action="/legrand/sign-up/submit"
      hidden={{ return_to: returnTo }}
      after={
        <>
          Already have an account?{" "}
          <a href={signInHref} className="inline-flex min-h-6 items-center text-ink pointer-coarse:min-h-11">
            Sign in
          </a>
        </>
      }
    >
      <NoticeSummary notice={notice} />
      <EmailField
        label="E-mail"
        name="email"
        autoComplete="username"
        hint="We send you a link where you choose a password."
        defaultValue={typed.email}
        error={fieldErrors.email}
        required
      />
      <PersonFields countries={countries} values={typed} errors={fieldErrors} />
      <Button className="mt-1">Create account</Button>
    </BareFormPlate>
  );
}
