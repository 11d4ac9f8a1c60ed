import { Button } from "#components/ui/button.tsx";
import { FieldWithButton } from "#components/ui/field-with-button.tsx";
import { Field } from "#components/ui/field.tsx";

/** Looks for somebody who is to get a role: exactly, for a role is given to nobody who only looks alike. */
export function FindPersonForm({ typed }: { typed: string }) {
  return (
    <form method="get" action="/admin/roles" role="search" aria-label="A person">
      <FieldWithButton
        button={
          <Button type="submit" variant="secondary">
            Find
          </Button>
        }
      >
        <Field
          label="E-mail or Legrand id"
          name="q"
          defaultValue={typed}
          autoComplete="off"
          maxLength={254}
          hint="The full e-mail address or Legrand id of a connected account"
        />
      </FieldWithButton>
    </form>
  );
}
