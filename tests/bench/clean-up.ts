import { say } from "#tests/bench/settings.ts";

type Undo = () => Promise<void> | void;

const undos: Undo[] = [];
let ending: Promise<void> | undefined;
let isInterrupted = false;

/** True after a signal. What fails from then on fails because the servers are being stopped. */
export const wasInterrupted = (): boolean => isInterrupted;

/** Registers what must be stopped or removed when the bench ends, also after Ctrl+C. The last one runs first. */
export function atEnd(undo: Undo): void {
  undos.push(undo);
}

/**
 * Runs what `atEnd` registered since the last call, once. A failure is printed, and the others still run.
 * Returns when all have run.
 */
export function cleanUp(): Promise<void> {
  return (ending ??= undoAll().finally(() => {
    ending = undefined;
  }));
}

async function undoAll(): Promise<void> {
  for (let undo = undos.pop(); undo; undo = undos.pop()) {
    try {
      await undo();
    } catch (error) {
      console.error(error);
    }
  }
}

/** Cleans up and exits if a signal ends the bench. */
export function cleanUpOnSignals(): void {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.on(signal, () => {
      if (isInterrupted) return;
      isInterrupted = true;
      say("Stopping the servers and removing the temporary folders");
      void cleanUp().then(() => process.exit(code));
    });
  }
}
