import { PlotPlate } from "#components/connect/admin/overview/plot-plate.tsx";
import { StateNumbers, type StateCount } from "#components/connect/admin/overview/state-numbers.tsx";
import { PERIODS, type Period } from "#lib/connect/admin/overview/period-schema.ts";
import type { Plot } from "#lib/connect/admin/overview/plot.ts";

type OverviewViewProps = { counts: StateCount[]; period: Period; plots: Plot[] };

/** Shows how many accounts there are now, and what happened in a period. */
export function OverviewView({ counts, period, plots }: OverviewViewProps) {
  return (
    <>
      <div className="mb-6">
        <h1 className="text-xl">Overview</h1>
        <p className="text-ink-muted">Numbers for all linked accounts. Days start at midnight UTC.</p>
      </div>
      <StateNumbers counts={counts} />
      <Periods current={period} />
      <div className="grid grid-cols-1 gap-5 lg:grid-cols-2">
        {plots.map((plot, index) => (
          <PlotPlate key={plot.id} plot={plot} className={index === 0 ? "lg:col-span-2" : ""} />
        ))}
      </div>
    </>
  );
}

function Periods({ current }: { current: Period }) {
  return (
    <nav aria-label="Period" className="mt-6 mb-3 flex flex-wrap items-center gap-1">
      {PERIODS.map((days) => (
        <a
          key={days}
          href={days === PERIODS[0] ? "/admin" : `/admin?days=${days}`}
          aria-current={days === current ? "page" : undefined}
          className="flex min-h-8 items-center rounded-control px-3 text-sm font-medium text-ink-muted no-underline transition-colors hover:bg-sunken hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:text-ink aria-[current=page]:inset-ring aria-[current=page]:inset-ring-border-strong forced-colors:aria-[current=page]:underline pointer-coarse:min-h-11"
        >
          {days} days
        </a>
      ))}
    </nav>
  );
}
