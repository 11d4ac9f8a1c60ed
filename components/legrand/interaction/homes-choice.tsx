import type { HomeChoice } from "#lib/legrand/grants/shared-homes.ts";

type HomesChoiceProps = {
  /** The application's name. */
  name: string;
  /** The homes of the person. The shared ones are ticked. */
  homes: HomeChoice[];
  /** Unique on the page; a link in an error summary leads there. */
  id: string;
  error?: string;
  /** True on the consent page, which has to fit on one screen. */
  isCompact?: boolean;
};

/**
 * Lets a person choose which homes an application may see. The hidden field says that the homes were shown, so
 * that a form without a ticked home means none, and not all.
 */
export function HomesChoice({ name, homes, id, error, isCompact = false }: HomesChoiceProps) {
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      aria-describedby={`${id}-hint${error ? ` ${id}-error` : ""}`}
      className="min-w-0 outline-none"
    >
      <legend className={`wrap-anywhere ${isCompact ? "text-sm font-semibold text-ink-muted" : "text-md"}`}>
        Homes that {name} may see
      </legend>
      <p id={`${id}-hint`} className={isCompact ? "text-xs text-ink-muted" : "mt-1 text-sm text-ink-muted"}>
        If all are ticked, it also sees homes that you add later.
      </p>
      {error && (
        <p id={`${id}-error`} className="mt-1 text-sm font-medium text-danger">
          {error}
        </p>
      )}
      <input type="hidden" name="homes" value="shown" />
      <ul
        className={`grid max-w-text ${isCompact ? "" : "mt-1"} grid-cols-1 gap-x-4 min-[400px]:grid-cols-2`}
      >
        {homes.map((home) => (
          <li key={home.id} className="min-w-0">
            <label
              className={`flex cursor-pointer gap-3 pointer-coarse:py-3 ${isCompact ? "py-0.5 leading-5 font-medium" : "py-2"}`}
            >
              <input
                type="checkbox"
                name="home"
                value={home.id}
                defaultChecked={home.isShared}
                className={`checkbox ${isCompact ? "" : "mt-0.5"}`}
              />
              <span className="min-w-0 wrap-anywhere">{home.name}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
