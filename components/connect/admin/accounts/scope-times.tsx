import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";

type Scope = {
  name: string;
  label: string;
  state: "granted" | "withdrawn" | "not_granted";
  since: Date | null;
};

const WORDS = { granted: "Granted", withdrawn: "Taken back", not_granted: "Not granted" } as const;
const TONES = { granted: "success", withdrawn: "warning", not_granted: "off" } as const;

type ScopeTimesProps = {
  id: string;
  scopes: Scope[];
  /** True if the access has ended, so that no scope works now. */
  isOver: boolean;
  now: Date;
};

/** Lists the requested and the granted scopes, each with the time of its latest change. */
export function ScopeTimes({ id, scopes, isOver, now }: ScopeTimesProps) {
  if (scopes.length === 0)
    return <p className="px-5 pb-4 text-ink-muted">Legrand did not list the granted permissions.</p>;
  return (
    <>
      {isOver && (
        <p className="px-5 pb-3 text-sm text-ink-muted">These permissions ended with the connection.</p>
      )}
      <ul aria-labelledby={id} className="divide-y divide-border border-t border-border">
        {scopes.map(({ name, label, state, since }) => (
          <li key={name} className="grid grid-cols-1 gap-x-5 px-5 py-2.5 sm:grid-cols-[1fr_auto]">
            <span className="min-w-0 wrap-anywhere">
              {label} <code className="block text-ink-subtle">{name}</code>
            </span>
            <span className="sm:text-right">
              <Status tone={isOver ? "off" : TONES[state]}>{WORDS[state]}</Status>
              {since && (
                <span className="block text-sm text-ink-muted">
                  <RelativeTime at={since} now={now} />
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
