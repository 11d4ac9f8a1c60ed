import type { Instrumentation } from "next";

/** The server is up and the database open: begin to sweep what has expired. */
export async function register(): Promise<void> {
  const [{ now }, { deleteExpiredSessions }, { deleteExpiredAttempts }, { sweepExpiredArtifacts }, { startSweeping }] = await Promise.all([
    import("#lib/clock.ts"),
    import("#lib/connect/users/store.ts"),
    import("#lib/legrand/attempts/store.ts"),
    import("#lib/legrand/authorization-server/sweep.ts"),
    import("#lib/server/sweep.ts"),
  ]);
  startSweeping([sweepExpiredArtifacts, () => deleteExpiredAttempts(now()), () => deleteExpiredSessions(now())]);
}

/** A page failed to render: logged once, under the request id that the person sees. */
export const onRequestError: Instrumentation.onRequestError = async (error, request) => {
  const [{ logError }, { noteFailure }] = await Promise.all([import("#lib/log.ts"), import("#lib/failures.ts")]);
  const requestId = String(request.headers["x-request-id"] ?? "unknown");
  noteFailure(requestId, error);
  logError(requestId, request.path.split("?")[0]!, error);
};
