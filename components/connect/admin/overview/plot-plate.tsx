import { colourOf, fillOf } from "#components/connect/admin/overview/marks.tsx";
import { PlotSvg } from "#components/connect/admin/overview/plot-svg.tsx";
import { PlotTable } from "#components/connect/admin/overview/plot-table.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { Plot } from "#lib/connect/admin/overview/plot.ts";

/**
 * Shows a plot with its title, its summary in words, its legend if it has several series, and its numbers.
 */
export function PlotPlate({ plot, className = "" }: { plot: Plot; className?: string }) {
  const { id, title, explanation, summary, series } = plot;
  return (
    <Plate as="section" aria-labelledby={`${id}-title`} className={`flex min-w-0 flex-col ${className}`}>
      <div className="flex flex-1 flex-col gap-4 p-5">
        <div>
          <h2 id={`${id}-title`} className="text-md">
            {title}
          </h2>
          <p className="max-w-text text-sm text-ink-muted">{explanation}</p>
        </div>
        <div className="mt-auto">
          <PlotSvg plot={plot} />
        </div>
        {series.length > 1 && <Key plot={plot} />}
        <p className="max-w-text text-sm">{summary}</p>
      </div>
      <PlotTable plot={plot} />
    </Plate>
  );
}

function Key({ plot: { id, series } }: { plot: Plot }) {
  return (
    <ul aria-label="Key" className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {series.map(({ key, label, mark, total }) => (
        <li key={key} className="flex items-center gap-2">
          <svg aria-hidden="true" className={`size-3.5 flex-none ${colourOf(mark)}`} fill={fillOf(id, mark)}>
            <rect width="100%" height="100%" rx="2" />
          </svg>
          <span>
            {label} <span className="font-medium tabular-nums">{total.toLocaleString("en")}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
