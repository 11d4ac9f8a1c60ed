import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";

/** Looks for somebody who is to get a role: exactly, for a role is given to nobody who only looks alike. */
export function FindPersonForm({ typed }: { typed: string }) {
  return (
    <form method="get" action="/admin/roles" role="search" aria-label="A person" className="flex flex-wrap items-end gap-3">
      <div className="min-w-0 flex-1 basis-64 sm:max-w-column">
        <Field label="E-mail or Legrand id" name="q" defaultValue={typed} autoComplete="off" maxLength={254} hint="All of it, of an account that is connected" />
      </div>
      <Button type="submit" variant="secondary" className="sm:mb-6.5">Find</Button>
    </form>
  );
}
