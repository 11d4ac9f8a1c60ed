import { Status } from "#components/ui/status.tsx";

/** How many accounts are in a state now, and the address of their list. */
export type StateCount = {
  state: string;
  label: string;
  tone: "success" | "warning" | "danger" | "off";
  amount: number;
  isAtLeast: boolean;
  href: string;
};

/** Shows each state with its number, which links to its accounts. */
export function StateNumbers({ counts }: { counts: StateCount[] }) {
  return (
    <section aria-labelledby="now">
      <h2 id="now" className="sr-only">
        Linked accounts now
      </h2>
      <ul className="grid grid-cols-[auto_auto] gap-px overflow-clip rounded-plate border border-border bg-border md:grid-cols-[repeat(5,auto)]">
        {counts.map(({ state, label, tone, amount, isAtLeast, href }) => (
          <li key={state} className="bg-surface max-md:last:col-span-2">
            <a
              href={href}
              className="flex h-full flex-col gap-0.5 px-3 py-3 no-underline -outline-offset-2 transition-colors hover:bg-sunken"
            >
              <Status tone={tone}>{label}</Status>
              <span className="text-md tabular-nums">
                {amount.toLocaleString("en")}
                {isAtLeast ? " or more" : ""}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
