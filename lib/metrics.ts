import { Counter, Histogram, Registry } from "prom-client";

import { oncePerProcess } from "#lib/once-per-process.ts";

/** The counters of this process. Every label has few values, and none of them comes from outside. */
type Metrics = ReturnType<typeof create>;

// The copies of this module in Next's bundle count; the server's own copy shows the numbers.
const metrics = () => oncePerProcess<Metrics>("metrics", create);

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const REQUEST_LABELS = ["method", "route", "status"] as const;
const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];

function create() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    requests: new Counter({
      name: "http_requests_total",
      help: "Requests that were answered, by the pattern of their address.",
      labelNames: REQUEST_LABELS,
      registers,
    }),
    durations: new Histogram({
      name: "http_request_duration_seconds",
      help: "From the request's head to the answer's end.",
      labelNames: REQUEST_LABELS,
      buckets: DURATION_BUCKETS,
      registers,
    }),
    refreshes: new Counter({
      name: "connect_token_refreshes_total",
      help: "Refreshes of linked accounts' tokens, by what came of them.",
      labelNames: ["outcome"],
      registers,
    }),
    connections: new Counter({
      name: "connect_connections_total",
      help: "Connections of Legrand accounts: connected, or why not.",
      labelNames: ["outcome"],
      registers,
    }),
    background: new Counter({
      name: "background_runs_total",
      help: "Work in the background that this process did.",
      labelNames: ["job", "outcome"],
      registers,
    }),
    backgroundSeconds: new Counter({
      name: "background_seconds_total",
      help: "How long that work took.",
      labelNames: ["job"],
      registers,
    }),
  };
}

/** Returns the registry with all counters of this process. */
export function metricsRegistry(): Registry {
  return metrics().registry;
}

/** Counts a request that was answered. `route` is a pattern (lib/server/front/routes.ts), never an address. */
export function countRequest({
  method,
  route,
  status,
  seconds,
}: {
  method: string;
  route: string;
  status: number;
  seconds: number;
}): void {
  const labels = {
    method: METHODS.has(method) ? method : "other",
    route,
    status: `${Math.floor(status / 100)}xx`,
  };
  metrics().requests.inc(labels);
  metrics().durations.observe(labels, seconds);
}

/** Counts a refresh. `outcome` is renewed, a `RefreshTrouble`, or a `ReconnectReason`. */
export function countRefresh(outcome: string): void {
  metrics().refreshes.inc({ outcome });
}

/** Counts an attempt to connect an account. `outcome` is connected, or a `ConnectionProblem`. */
export function countConnection(outcome: string): void {
  metrics().connections.inc({ outcome });
}

/** Counts a run of that background job. */
export function countBackgroundRun(job: string, outcome: "done" | "failed", seconds: number): void {
  metrics().background.inc({ job, outcome });
  metrics().backgroundSeconds.inc({ job }, seconds);
}
