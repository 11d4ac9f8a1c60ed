type ScopeListProps = {
  id: string;
  title: string;
  scopes: { name: string; label: string }[];
  /** The text if there are no scopes. */
  empty: string;
  /** A note above the list. */
  note?: string | null;
};

/** The list's accessible name is its heading. */
export function ScopeList({ id, title, scopes, empty, note }: ScopeListProps) {
  return (
    <>
      <h3 id={id} className="px-5 pt-4 pb-2 text-md">
        {title}
      </h3>
      {note && <p className="px-5 pb-3 text-sm text-ink-muted">{note}</p>}
      {scopes.length === 0 ? (
        <p className="px-5 pb-4 text-ink-muted">{empty}</p>
      ) : (
        <ul aria-labelledby={id} className="divide-y divide-border border-t border-border">
          {scopes.map(({ name, label }) => (
            <li key={name} className="px-5 py-2.5">
              {label} <code className="block text-ink-subtle">{name}</code>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
