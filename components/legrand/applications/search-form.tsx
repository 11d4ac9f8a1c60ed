import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";

/** Searches with a plain GET form, so that the search is in the address and can be bookmarked. */
export function SearchForm({ search }: { search: string }) {
  return (
    <form role="search" action="/legrand/applications" className="flex flex-wrap items-end gap-3">
      <div className="min-w-0 flex-auto sm:max-w-96">
        <Field label="Search" name="search" type="search" defaultValue={search} autoComplete="off" />
      </div>
      <Button variant="secondary">Search</Button>
      {search && (
        <a href="/legrand/applications" className="flex min-h-10 items-center">
          Show all
        </a>
      )}
    </form>
  );
}
