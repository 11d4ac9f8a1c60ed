import type { BulkRevocation } from "#lib/connect/admin/actions/bulk-revocation.ts";

/** The progress, in words and in numbers. */
export type BulkProgress = {
  tone: "success" | "warning" | "danger" | "off";
  word: string;
  done: number;
  isRunning: boolean;
  perMinute: number | null;
};

/** Describes the state of a bulk revocation at `at`. */
export function describeProgress(bulk: BulkRevocation, at: Date): BulkProgress {
  const isRunning = bulk.state === "running" || bulk.state === "stopping";
  const done = bulk.total - bulk.left;
  const minutes = ((bulk.endedAt ?? at).getTime() - bulk.createdAt.getTime()) / 60_000;
  return {
    ...stateOf(bulk),
    done,
    isRunning,
    perMinute: done > 0 && minutes > 0.05 ? Math.round(done / minutes) : null,
  };
}

function stateOf({ state, isWorkedOn, failed }: BulkRevocation): Pick<BulkProgress, "tone" | "word"> {
  if (state === "done")
    return failed > 0 ? { tone: "danger", word: "Done, with failures" } : { tone: "success", word: "Done" };
  if (state === "stopped") return { tone: "off", word: "Stopped" };
  if (state === "stopping") return { tone: "warning", word: "Stopping" };
  return isWorkedOn
    ? { tone: "warning", word: "Running" }
    : { tone: "warning", word: "Waiting for its turn" };
}
