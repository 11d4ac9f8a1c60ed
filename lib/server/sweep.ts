import { logError, newRequestId } from "#lib/log.ts";

const INTERVAL_SECONDS = 10 * 60;

/** Runs these sweeps now and every ten minutes, for as long as the process lives. One that fails is logged and tried again. */
export function startSweeping(sweeps: (() => Promise<unknown>)[]): void {
  const sweepAll = async () => {
    for (const sweep of sweeps) await sweep().catch((error: unknown) => logError(newRequestId(), "sweep", error));
  };
  setInterval(() => void sweepAll(), INTERVAL_SECONDS * 1000).unref();
  void sweepAll();
}
