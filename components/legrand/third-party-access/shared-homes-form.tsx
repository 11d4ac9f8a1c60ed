import { HomesChoice } from "#components/legrand/interaction/homes-choice.tsx";
import { Button } from "#components/ui/button.tsx";
import type { HomeChoice } from "#lib/legrand/grants/shared-homes.ts";

type SharedHomesFormProps = {
  id: string;
  name: string;
  /** The id of the element with the application's name. */
  titleId: string;
  /** The homes to choose from, or none if there is no choice. */
  homes: HomeChoice[];
  /** Which homes it may see, in words. */
  seen: string;
  action: string;
  error?: string;
};

/** Says which homes an application may see. A person with a choice can change it. */
export function SharedHomesForm({ id, name, titleId, homes, seen, action, error }: SharedHomesFormProps) {
  const now = (
    <p className="text-sm text-ink-muted">
      It can see: <b className="font-medium wrap-anywhere text-ink">{seen}</b>
    </p>
  );
  if (homes.length === 0) return <div className="border-t border-border px-5 py-4">{now}</div>;
  return (
    // autocomplete off: Firefox would otherwise restore an earlier choice on reload.
    <form method="post" action={action} autoComplete="off" className="border-t border-border px-5 py-4">
      {/* A refused form had no tick, so none is shown. */}
      <HomesChoice
        id={id}
        name={name}
        homes={error ? homes.map((home) => ({ ...home, isShared: false })) : homes}
        error={error}
      />
      <div className="mt-2 flex flex-wrap items-center justify-between gap-x-5 gap-y-3">
        {now}
        <Button variant="secondary" aria-describedby={titleId}>
          Save homes
        </Button>
      </div>
    </form>
  );
}
