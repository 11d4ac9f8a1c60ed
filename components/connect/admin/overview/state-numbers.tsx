import { Plate } from "#components/ui/plate.tsx";
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
      <ul className="grid grid-cols-2 gap-3 md:grid-cols-3 lg:grid-cols-5">
        {counts.map(({ state, label, tone, amount, isAtLeast, href }) => (
          <li key={state} className="max-md:last:col-span-2">
            <a href={href} className="group block h-full no-underline">
              <Plate className="flex h-full flex-col gap-1 p-4 transition-colors group-hover:border-border-strong">
                <Status tone={tone}>{label}</Status>
                <span className="text-lg tabular-nums">
                  {amount.toLocaleString("en")}
                  {isAtLeast ? " or more" : ""}
                </span>
              </Plate>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
