import type { HomeChoice } from "#lib/legrand/grants/shared-homes.ts";

type HomesChoiceProps = {
  /** The application's name. */
  name: string;
  /** The homes of the person. The shared ones are ticked. */
  homes: HomeChoice[];
  /** Unique on the page; a link in an error summary leads there. */
  id: string;
  error?: string;
};

/**
 * Lets a person choose which homes an application may see. The hidden field says that the homes were shown, so
 * that a form without a ticked home means none, and not all.
 */
export function HomesChoice({ name, homes, id, error }: HomesChoiceProps) {
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      aria-describedby={`${id}-hint${error ? ` ${id}-error` : ""}`}
      className="min-w-0 outline-none"
    >
      <legend className="text-md wrap-anywhere">Homes that {name} may see</legend>
      <p id={`${id}-hint`} className="mt-1 text-sm text-ink-muted">
        If all are ticked, it also sees homes that you add later.
      </p>
      {error && (
        <p id={`${id}-error`} className="mt-1 text-sm font-medium text-danger">
          {error}
        </p>
      )}
      <input type="hidden" name="homes" value="shown" />
      <ul className="mt-1 grid max-w-text grid-cols-1 gap-x-4 min-[400px]:grid-cols-2">
        {homes.map((home) => (
          <li key={home.id} className="min-w-0">
            <label className="flex cursor-pointer gap-3 py-2 pointer-coarse:py-3">
              <input
                type="checkbox"
                name="home"
                value={home.id}
                defaultChecked={home.isShared}
                className="checkbox mt-0.5"
              />
              <span className="min-w-0 wrap-anywhere">{home.name}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
