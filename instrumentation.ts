import type { Instrumentation } from "next";

/** A page failed to render: logged once, under the request id that the person sees. */
export const onRequestError: Instrumentation.onRequestError = async (error, request) => {
  if (process.env.NEXT_RUNTIME === "edge") return;
  const [{ logError }, { noteFailure }] = await Promise.all([import("#lib/log.ts"), import("#lib/server/failures.ts")]);
  const requestId = String(request.headers["x-request-id"] ?? "unknown");
  noteFailure(requestId, error);
  logError(requestId, request.path.split("?")[0]!, error);
};
