import type { ReactNode } from "react";
import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { PasswordField, PasswordScript } from "#components/legrand/accounts/password-field.tsx";
import { PersonFields } from "#components/legrand/accounts/person-fields.tsx";
import { UsernameForManager } from "#components/legrand/accounts/username-for-manager.tsx";
import { Breakable } from "#components/ui/breakable.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { Country } from "#lib/legrand/accounts/countries.ts";
import type { FormNotice } from "#lib/legrand/portal/form-notice.ts";
import { showEmail } from "#lib/email-address.ts";

type AccountViewProps = {
  account: { email: string; givenName: string; familyName: string; country: string };
  countries: readonly Country[];
  passwordHint: string;
  notice: FormNotice | null;
};

export function AccountView({ account, countries, passwordHint, notice }: AccountViewProps) {
  const errors = notice?.fieldErrors ?? {};
  const values = notice?.typed ?? {
    given_name: account.givenName,
    family_name: account.familyName,
    country: account.country,
  };
  return (
    <div className="mt-6 grid grid-cols-1 gap-5">
      <PasswordScript />
      <NoticeSummary notice={notice} />
      <Section
        title="Your details"
        about={
          <>
            You sign in as{" "}
            <b className="font-semibold text-ink">
              <Breakable>{showEmail(account.email)}</Breakable>
            </b>
            . Applications with access may see your name.
          </>
        }
      >
        <form method="post" action="/legrand/account/details" noValidate className="grid gap-4">
          <PersonFields countries={countries} values={values} errors={errors} />
          <Button variant="secondary" className="justify-self-start">
            Save details
          </Button>
        </form>
      </Section>
      <Section title="Password" about="All other browsers will be signed out.">
        <form method="post" action="/legrand/account/password" noValidate className="grid gap-4">
          <UsernameForManager email={account.email} />
          <PasswordField
            label="Current password"
            name="current_password"
            autoComplete="current-password"
            error={errors.current_password}
          />
          <PasswordField
            label="New password"
            name="new_password"
            autoComplete="new-password"
            hint={passwordHint}
            error={errors.new_password}
          />
          <Button variant="secondary" className="justify-self-start">
            Change password
          </Button>
        </form>
      </Section>
      <Section title="Delete account" about="You will see what is deleted, and confirm with your password.">
        <ButtonLink
          href="/legrand/account/delete"
          variant="danger-quiet"
          className="self-start justify-self-start"
        >
          Delete account
        </ButtonLink>
      </Section>
    </div>
  );
}

type SectionProps = { title: string; about: ReactNode; children: ReactNode };

/** Shows what a section is about beside its form, or above it in a narrow window. */
function Section({ title, about, children }: SectionProps) {
  return (
    <Plate
      as="section"
      className="grid grid-cols-1 gap-x-8 gap-y-4 p-5 md:grid-cols-[minmax(0,1fr)_minmax(0,440px)]"
    >
      <div>
        <h2 className="text-md">{title}</h2>
        <p className="mt-1 max-w-80 text-ink-muted">{about}</p>
      </div>
      {children}
    </Plate>
  );
}
