import { colourOf, fillOf, MarkDefinitions } from "#components/connect/admin/overview/marks.tsx";
import type { Plot } from "#lib/connect/admin/overview/plot.ts";

const HEIGHT = 184;

/**
 * Draws a plot on the server. Lengths along the days are percentages, so the plot fills its container.
 * Lengths along the numbers are pixels, and the labels in the padding keep their size.
 */
export function PlotSvg({ plot }: { plot: Plot }) {
  const { id, title, summary, axis, days, dayTicks, series } = plot;
  const y = (value: number) => HEIGHT * (1 - (value - axis.low) / (axis.high - axis.low));
  const middle = (index: number) => percent((index + 0.5) / days.length);
  return (
    <svg
      role="img"
      aria-labelledby={`${id}-name`}
      aria-describedby={`${id}-says`}
      className="block h-56 w-full overflow-visible pt-2 pr-2 pb-8 pl-12 text-xs"
    >
      <title id={`${id}-name`}>{title}</title>
      <desc id={`${id}-says`}>
        {[
          summary,
          ...(series.length > 1
            ? series.map(({ label, total }) => `${label}: ${total.toLocaleString("en")}.`)
            : []),
        ].join(" ")}
      </desc>
      <MarkDefinitions plot={id} marks={series.map(({ mark }) => mark)} />
      {axis.ticks.map((tick) => (
        <g key={tick}>
          <line
            x2="100%"
            y1={y(tick)}
            y2={y(tick)}
            className={tick === axis.low ? "stroke-border-strong" : "stroke-border"}
            shapeRendering="crispEdges"
          />
          <text x="-8" y={y(tick)} dy="0.32em" textAnchor="end" className="fill-ink-muted tabular-nums">
            {short(tick)}
          </text>
        </g>
      ))}
      {dayTicks.map(({ index, label }) => (
        <g key={index}>
          <line
            x1={middle(index)}
            x2={middle(index)}
            y1={HEIGHT}
            y2={HEIGHT + 5}
            className="stroke-border-strong"
            shapeRendering="crispEdges"
          />
          <text x={middle(index)} y={HEIGHT + 20} textAnchor="middle" className="fill-ink-muted">
            {label}
          </text>
        </g>
      ))}
      {plot.shape === "line" ? <Line plot={plot} y={y} /> : <Bars plot={plot} y={y} />}
    </svg>
  );
}

type ShapeProps = { plot: Plot; y: (value: number) => number };

/** Draws the line across the full width. The stroke keeps its own width. */
function Line({ plot: { days, series, axis }, y }: ShapeProps) {
  const points = series[0]!.values.map((value, index) => `${index + 0.5} ${round(y(value))}`);
  return (
    <svg
      viewBox={`0 0 ${days.length} ${HEIGHT}`}
      width="100%"
      height={HEIGHT}
      preserveAspectRatio="none"
      className="overflow-visible text-info"
    >
      {axis.low === 0 && (
        <path
          d={`M0.5 ${HEIGHT}L${points.join("L")}L${days.length - 0.5} ${HEIGHT}Z`}
          fill="currentColor"
          fillOpacity="0.12"
        />
      )}
      <path
        d={`M${points.join("L")}`}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

/** The width for drawing the bars, close to that of a plot, so that their patterns are hardly stretched. */
const WIDTH = 600;
/** Bars of more days than this have no gaps. */
const GAPS_UP_TO_DAYS = 90;

/** Draws one path for each series, because a year has thousands of bars. */
function Bars({ plot: { id, days, series }, y }: ShapeProps) {
  const each = WIDTH / days.length;
  const width = round(each * (days.length > GAPS_UP_TO_DAYS ? 1 : 0.76));
  const below = days.map(() => 0);
  const bar = (value: number, index: number) => {
    if (value <= 0) return "";
    const from = below[index]!;
    below[index] = from + value;
    return `M${round(each * (index + 0.5) - width / 2)} ${round(y(from))}h${width}V${round(y(from + value))}h-${width}z`;
  };
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" height={HEIGHT} preserveAspectRatio="none">
      {series.map(({ key, mark, values }) => (
        <path key={key} d={values.map(bar).join("")} className={colourOf(mark)} fill={fillOf(id, mark)} />
      ))}
    </svg>
  );
}

const percent = (share: number) => `${round(share * 100)}%`;
const round = (value: number) => Math.round(value * 100) / 100;

const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 });
const short = (value: number) => (value < 10_000 ? value.toLocaleString("en") : COMPACT.format(value));
