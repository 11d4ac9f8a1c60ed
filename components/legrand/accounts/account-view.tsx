import type { ReactNode } from "react";
import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { PersonFields } from "#components/legrand/accounts/person-fields.tsx";
import { UsernameForManager } from "#components/legrand/accounts/username-for-manager.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { FormNotice } from "#lib/legrand/portal/form-notice.ts";
import { showEmail } from "#lib/email-address.ts";

type AccountViewProps = {
  account: { email: string; givenName: string; familyName: string; country: string };
  countries: readonly { code: string; name: string }[];
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
    <div className="mt-6 grid max-w-text gap-6">
      <NoticeSummary notice={notice} />
      <Section title="Your details">
        <p className="text-ink-muted">
          You sign in as <b className="font-semibold wrap-anywhere text-ink">{showEmail(account.email)}</b>.
          Applications with access may see your name.
        </p>
        <form method="post" action="/legrand/account/details" noValidate className="mt-4 grid gap-4">
          <PersonFields countries={countries} values={values} errors={errors} />
          <Button variant="secondary" className="justify-self-start">
            Save details
          </Button>
        </form>
      </Section>
      <Section title="Password">
        <p className="text-ink-muted">All other browsers will be signed out.</p>
        <form method="post" action="/legrand/account/password" noValidate className="mt-4 grid gap-4">
          <UsernameForManager email={account.email} />
          <Field
            label="Current password"
            name="current_password"
            type="password"
            autoComplete="current-password"
            error={errors.current_password}
            required
          />
          <Field
            label="New password"
            name="new_password"
            type="password"
            autoComplete="new-password"
            hint={passwordHint}
            error={errors.new_password}
            required
          />
          <Button variant="secondary" className="justify-self-start">
            Change password
          </Button>
        </form>
      </Section>
      <Section title="Delete account">
        <p className="text-ink-muted">You will see what is deleted, and confirm with your password.</p>
        <ButtonLink href="/legrand/account/delete" variant="danger-quiet" className="mt-4">
          Delete account
        </ButtonLink>
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Plate as="section" className="p-5">
      <h2 className="text-lg">{title}</h2>
      <div className="mt-2">{children}</div>
    </Plate>
  );
}
