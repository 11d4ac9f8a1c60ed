import { createServer, type Server } from "node:http";

import { collectDefaultMetrics } from "prom-client";

import { logError, newRequestId } from "#lib/log.ts";
import { metricsRegistry } from "#lib/metrics.ts";
import { addDatabaseMetrics, addRequestsUnderWay } from "#lib/server/metrics/gauges.ts";

/**
 * Serves this process's metrics at `/metrics`, in the format of Prometheus, on a separate port that is not
 * public. Rejects if the port is taken.
 */
export async function serveMetrics(
  { port, host }: { port: number; host: string },
  requestsUnderWay: () => number,
): Promise<Server> {
  const registry = metricsRegistry();
  collectDefaultMetrics({ register: registry });
  addRequestsUnderWay(registry, requestsUnderWay);
  addDatabaseMetrics(registry);
  const server = createServer((request, response) => {
    if (request.method !== "GET" || request.url?.split("?")[0] !== "/metrics")
      return void response.writeHead(404).end();
    registry.metrics().then(
      (text) =>
        response
          .writeHead(200, { "content-type": registry.contentType, "cache-control": "no-store" })
          .end(text),
      (error: unknown) => {
        logError(newRequestId(), "metrics", error);
        response.writeHead(500).end();
      },
    );
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  return server;
}
