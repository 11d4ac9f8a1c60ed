import { initialsOf } from "#lib/graphemes.ts";

/** Shows a person's initials. They are decorative, because the name is next to them. */
export function Avatar({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="grid size-8 flex-none place-items-center rounded-full border border-border bg-surface text-xs font-semibold"
    >
      {initialsOf(name)}
    </span>
  );
}
