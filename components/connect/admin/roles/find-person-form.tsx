import { Button } from "#components/ui/button.tsx";
import { FieldWithButton } from "#components/ui/field-with-button.tsx";
import { Field } from "#components/ui/field.tsx";

/**
 * Searches a person who is to receive a role. The match is exact, so that a similar address cannot receive
 * it.
 */
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
          hint="The full e-mail address or Legrand id"
        />
      </FieldWithButton>
    </form>
  );
}
