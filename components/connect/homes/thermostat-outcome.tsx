import { DONE_WORDS } from "#components/connect/homes/device-words.ts";
import { inCelsius } from "#components/connect/homes/home-words.ts";
import { describeHomesProblem } from "#components/connect/homes/problem-words.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { HomesProblem } from "#lib/connect/homes/home.ts";
import type { ThermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";

/**
 * Shows the result of a form for a thermostat, light, plug or shutter. Takes the focus, so that the page
 * returns to where the form was sent from.
 */
export function ThermostatOutcome({ notice, now }: { notice: ThermostatNotice | null; now: Date }) {
  if (!notice || notice.outcome === "mistyped") return null;
  const isDone = notice.outcome !== "problem";
  return (
    <p
      role={isDone ? "status" : "alert"}
      tabIndex={-1}
      autoFocus
      className={`flex gap-1.5 rounded-tag text-sm font-medium ${isDone ? "text-success" : "text-danger"}`}
    >
      <Icon name={isDone ? "check" : "warning"} />
      <span className="min-w-0">
        {notice.outcome === "problem" ? <NotDone problem={notice.problem} now={now} /> : describeDone(notice)}
      </span>
    </p>
  );
}

/** True if the result explains a problem of the cloud. It needs more space than a line of a room has. */
export function isLong(notice: ThermostatNotice | null): boolean {
  return notice?.outcome === "problem" && notice.problem.reason !== "missing_scope";
}

function describeDone(notice: Extract<ThermostatNotice, { outcome: "set" | "following" | "done" }>): string {
  if (notice.outcome === "done") return DONE_WORDS[notice.act];
  return notice.outcome === "set" ? `Set to ${inCelsius(notice.temperature)}` : "Follows its program again";
}

const NOT_ALLOWED: Record<string, string> = {
  "light.write": "switching the lights",
  "plug.write": "switching the plugs",
  "automation.write": "moving the shutters",
};

function NotDone({ problem, now }: { problem: HomesProblem; now: Date }) {
  if (problem.reason === "missing_scope")
    return `Not set: you have not allowed ${NOT_ALLOWED[problem.scope] ?? "changing the heating"}.`;
  const { title, sentence } = describeHomesProblem(problem, now);
  return (
    <>
      Not set. {title}: {sentence}
    </>
  );
}
