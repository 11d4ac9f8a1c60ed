/** A person's initials; decoration, because the name stands beside it. */
export function Avatar({ name }: { name: string }) {
  return (
    <span aria-hidden="true" className="grid size-8 flex-none place-items-center rounded-full border border-border bg-surface text-xs font-semibold">
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s@.]+/).filter(Boolean);
  return [words[0], words[1]].map((word) => word?.[0] ?? "").join("").toUpperCase();
}
