import { initialsOf } from "#lib/graphemes.ts";

/** A person's initials; decoration, because the name stands beside it. */
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
