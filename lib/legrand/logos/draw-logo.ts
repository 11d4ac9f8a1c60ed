import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";

import type { LogoDrawing, DrawingAnswer, DrawingOrder, DrawingRefusal } from "#lib/legrand/logos/drawing.ts";
import { inTurn } from "#lib/legrand/logos/in-turn.ts";
import type { PictureFormat } from "#lib/legrand/logos/sniff-picture.ts";

/**
 * Path of the script among the sources, which are present wherever the application runs. It is not a part of
 * Next's bundle.
 */
const SCRIPT = ["lib", "legrand", "logos", "draw-logo-process.ts"];
/**
 * Time limit for starting the process, which takes longer on a busy machine. Until it has started, it has not
 * looked at the picture.
 */
const START_LIMIT_MS = 10_000;
/**
 * Time limit for drawing. The process watches its own work, and is much faster; this limit is for a process
 * that can no longer check, or that gets no processor time.
 */
const DRAWING_LIMIT_MS = 3_000;
const PNG_MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Draws a picture as PNGs in the fixed sizes, in a separate process that ends if it takes too long or too
 * much memory. The memory of this process therefore stays flat, whatever the bytes are. Rejects only if the
 * process cannot be started.
 */
export async function drawLogo(
  bytes: Uint8Array,
  format: PictureFormat,
): Promise<{ drawings: LogoDrawing[] } | { refused: DrawingRefusal }> {
  const answer = await inTurn(() => order({ format, content: Buffer.from(bytes).toString("base64") }));
  if (!answer) return { refused: "busy" };
  if ("refused" in answer) return answer;
  const drawings = answer.drawings.map(({ size, content }) => ({
    size,
    content: Buffer.from(content, "base64"),
  }));
  return drawings.every(({ content }) => content.subarray(0, PNG_MAGIC.length).equals(PNG_MAGIC))
    ? { drawings }
    : { refused: "broken" };
}

function order(work: DrawingOrder): Promise<DrawingAnswer> {
  const child = start();
  return new Promise<DrawingAnswer>((resolve, reject) => {
    let timer = setTimeout(
      () => reject(new Error("The process that draws logos did not start")),
      START_LIMIT_MS,
    );
    child.once("error", reject);
    child.once("exit", () => resolve({ refused: "too_complex" }));
    child.once("message", () => {
      clearTimeout(timer);
      timer = setTimeout(() => resolve({ refused: "too_complex" }), DRAWING_LIMIT_MS);
      child.once("message", (answer: DrawingAnswer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      child.send(work, () => {});
    });
  }).finally(() => child.kill("SIGKILL"));
}

/**
 * Starts the process with an environment without any of this server's settings. Windows cannot start a
 * process without `SystemRoot`.
 */
function start(): ChildProcess {
  const { SystemRoot = "" } = process.env;
  return spawn(
    process.execPath,
    ["--max-old-space-size=64", join(/* turbopackIgnore: true */ process.cwd(), ...SCRIPT)],
    {
      env: { NODE_ENV: "production", ...(SystemRoot ? { SystemRoot } : {}) },
      serialization: "json",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      windowsHide: true,
    },
  );
}
