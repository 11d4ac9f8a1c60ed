import { Button } from "#components/ui/button.tsx";
import { FieldWithButton } from "#components/ui/field-with-button.tsx";
import { Field } from "#components/ui/field.tsx";

/** Looks up the reference that an error page shows. `error` says why nothing was found. */
export function ReferenceForm({ path, typed, error }: { path: string; typed: string; error?: string }) {
  return (
    <form method="get" action={path} role="search" aria-label="Reference">
      <FieldWithButton button={<Button variant="secondary">Look up</Button>}>
        <Field
          label="Reference of an error page"
          name="reference"
          defaultValue={typed}
          hint="Such as LG-7F3K-2Q"
          error={error}
          autoComplete="off"
          maxLength={40}
        />
      </FieldWithButton>
    </form>
  );
}
