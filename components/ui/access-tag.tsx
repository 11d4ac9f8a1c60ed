const LOOKS = {
  view: { word: "View", className: "bg-sunken text-ink-subtle" },
  control: { word: "Control", className: "bg-warning-soft text-warning" },
} as const;

/** Says whether a scope lets an application view or control. */
export function AccessTag({
  access,
  id,
  className = "",
}: {
  access: keyof typeof LOOKS;
  id?: string;
  className?: string;
}) {
  const look = LOOKS[access];
  return (
    <span id={id} className={`rounded-tag px-1.5 py-0.5 text-xs font-medium ${look.className} ${className}`}>
      {look.word}
    </span>
  );
}
