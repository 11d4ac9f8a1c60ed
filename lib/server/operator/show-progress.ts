const BAR = 24;

/** How much is done. */
type Progress = { what: string; done: number; total: number };

/** Prints the progress: a moving bar on a terminal, otherwise a line after each `lineEvery` items. */
export function showProgress({ what, done, total }: Progress, lineEvery: number): void {
  const { isTTY } = process.stdout;
  const isLast = done === total;
  const numbers = `${done.toLocaleString("en")} of ${total.toLocaleString("en")}`;
  if (!isTTY) {
    if (isLast || (done > 0 && done % lineEvery === 0)) console.log(`${what}: ${numbers}`);
    return;
  }
  const filled = total ? Math.round((done / total) * BAR) : BAR;
  process.stdout.write(
    `\r\x1b[K${what.padEnd(26)} ${"█".repeat(filled)}${"░".repeat(BAR - filled)} ${numbers}${isLast ? "\n" : ""}`,
  );
}
