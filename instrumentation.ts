import type { Instrumentation } from "next";

// Next compiles this file for the edge runtime too, which has no database. Hence the two conditions.

export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") (await import("#lib/server/boot/instrument.ts")).startServices();
}

export const onRequestError: Instrumentation.onRequestError = async (error, request) => {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { markRenderFailure } = await import("#lib/server/boot/instrument.ts");
    markRenderFailure(error, request.path, String(request.headers["x-request-id"]));
  }
};
