import type { Stage } from "#tests/bench/overload/measure-overload.ts";
import { quantile } from "#tests/bench/statistics.ts";

/** The share of the goodput with 40 sessions that must remain with 200. */
const GOODPUT_AIM = 0.9;
const SHED_AIM_MS = 200;
const SHOWN_ERRORS = 5;

const times = (values: number[]) =>
  values.length ? [0.5, 0.95, 1].map((share) => Math.round(quantile(values, share))).join(" / ") : "–";

/** Returns the stages as a Markdown table. */
export function toOverloadTable(stages: Stage[]): string {
  const rows = [
    [
      "sessions without a pause",
      "flows a second",
      "a flow: median / p95 / longest, ms",
      "shed",
      "a 503: median / p95 / longest, ms",
      "errors",
      "codes lost",
    ],
    ["--:", "--:", "--:", "--:", "--:", "--:", "--:"],
    ...stages.map(({ sessions, goodput, completed, shed, errors, codesLost }) => [
      sessions,
      goodput.toFixed(1),
      times(completed.map(({ took }) => took)),
      shed.length,
      times(shed),
      errors.length,
      codesLost,
    ]),
  ];
  return rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Returns the rules for an overload, with what was measured and whether each rule held. */
export function judgeOverload(stages: Stage[]): { rule: string; found: string; held: boolean }[] {
  const [, some, many] = stages as [Stage, Stage, Stage];
  const [shed, errors] = [stages.flatMap((stage) => stage.shed), stages.flatMap((stage) => stage.errors)];
  const lost = stages.reduce((sum, { codesLost }) => sum + codesLost, 0);
  const late = shed.filter((took) => took > SHED_AIM_MS).length;
  return [
    {
      rule: `goodput at ${many.sessions} sessions ≥ ${GOODPUT_AIM} × that at ${some.sessions}`,
      found: `${(many.goodput / some.goodput).toFixed(2)}`,
      held: many.goodput >= GOODPUT_AIM * some.goodput,
    },
    { rule: "no code is lost", found: `${lost} lost`, held: lost === 0 },
    {
      rule: "no flow that was admitted ends in an error",
      found: errors.length
        ? `${errors.length}: ${[...new Set(errors)].slice(0, SHOWN_ERRORS).join("; ")}`
        : "none",
      held: errors.length === 0,
    },
    {
      rule: `a flow that is not admitted hears so within ${SHED_AIM_MS} ms`,
      found: `${late} of ${shed.length} later`,
      held: late === 0,
    },
  ];
}
