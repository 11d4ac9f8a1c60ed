import { readTheme } from "#components/layout/theme.ts";

const CHOICES = [
  { value: "light", word: "Light" },
  { value: "dark", word: "Dark" },
  { value: "system", word: "System" },
];

/**
 * Posts the chosen theme. The server sets the cookie, so that no script is needed and the page does not
 * flash.
 */
export async function ThemeSwitch() {
  const current = (await readTheme()) ?? "system";
  return (
    <form method="post" action="/api/theme" className="print:hidden">
      <fieldset className="-ml-2.5 flex items-center gap-1 sm:ml-0">
        <legend className="sr-only">Theme</legend>
        {CHOICES.map(({ value, word }) => (
          <button
            key={value}
            name="theme"
            value={value}
            aria-pressed={value === current}
            className="min-h-7 cursor-pointer rounded-control border border-transparent px-2.5 transition-colors hover:text-ink aria-pressed:border-border aria-pressed:bg-surface aria-pressed:font-medium aria-pressed:text-ink pointer-coarse:min-h-11"
          >
            {word}
          </button>
        ))}
      </fieldset>
    </form>
  );
}
