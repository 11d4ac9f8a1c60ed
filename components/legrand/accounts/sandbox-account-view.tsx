import { ButtonLink } from "#components/ui/button.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Plate } from "#components/ui/plate.tsx";

type SandboxAccountViewProps = {
  account: { email: string; givenName: string; familyName: string };
  countryName: string;
};

/** Shows a sandbox account, which everyone shares, so it cannot be changed. */
export function SandboxAccountView({ account, countryName }: SandboxAccountViewProps) {
  return (
    <div className="mt-6 grid grid-cols-1 gap-5">
      <Notice tone="info">
        <p>
          This is a sandbox account. All users of this sandbox share it, so its name and password cannot be
          changed, and it cannot be deleted.
        </p>
        <p className="mt-3">
          <ButtonLink href="/legrand/sign-up" variant="secondary">
            Create an account of your own
          </ButtonLink>
        </p>
      </Notice>
      <Plate>
        <DefinitionList
          rows={[
            { term: "E-mail", value: <span className="wrap-anywhere">{account.email}</span> },
            { term: "Given name", value: account.givenName },
            { term: "Surname", value: account.familyName },
            { term: "Country", value: countryName },
          ]}
        />
      </Plate>
    </div>
  );
}
