import type { Plot } from "#lib/connect/admin/overview/plot.ts";

/** Shows the numbers of a plot, the latest day first. */
export function PlotTable({ plot: { title, days, series } }: { plot: Plot }) {
  const hasTotal = series.length > 1;
  return (
    <details className="border-t border-border">
      <summary className="min-h-11 px-5 py-3 text-sm font-medium">The numbers as a table</summary>
      <div
        role="region"
        aria-label={`${title}, as a table`}
        tabIndex={0}
        className="max-h-96 overflow-auto border-t border-border"
      >
        <table className="w-full text-sm">
          <thead>
            <tr>
              <Head isFirst>Day (UTC)</Head>
              {hasTotal && <Head>All</Head>}
              {series.map(({ key, label }) => (
                <Head key={key}>{label}</Head>
              ))}
            </tr>
          </thead>
          <tbody className="tabular-nums">
            {days
              .map((day, index) => (
                <tr key={day} className="border-t border-border">
                  <th scope="row" className="px-5 py-1.5 text-left font-normal whitespace-nowrap">
                    {day}
                  </th>
                  {hasTotal && <Cell value={series.reduce((sum, { values }) => sum + values[index]!, 0)} />}
                  {series.map(({ key, values }) => (
                    <Cell key={key} value={values[index]!} />
                  ))}
                </tr>
              ))
              .reverse()}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Head({ isFirst, children }: { isFirst?: boolean; children: string }) {
  return (
    <th
      scope="col"
      className={`sticky top-0 bg-surface px-5 py-2 align-bottom font-medium text-ink-muted ${isFirst ? "text-left" : "text-right"}`}
    >
      {children}
    </th>
  );
}

const Cell = ({ value }: { value: number }) => (
  <td className="px-5 py-1.5 text-right">{value.toLocaleString("en")}</td>
);
