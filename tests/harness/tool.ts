import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** How a tool ended, and everything that it printed. */
export type ToolResult = { ok: boolean; output: string };

/**
 * Runs the command of an installed package with this same Node, not with the first one on the PATH. Prints at
 * once what the tool sends as a message (a stall). Never throws if the tool finds a problem.
 */
export function runTool(
  name: string,
  args: string[],
  environment: Record<string, string> = {},
  command = name,
): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [scriptOf(name, command), ...args], {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const printed: Buffer[] = [];
    child.on("message", (message) => {
      if (typeof message === "string") console.log(message);
    });
    child.stdout!.on("data", (chunk: Buffer) => printed.push(chunk));
    child.stderr!.on("data", (chunk: Buffer) => printed.push(chunk));
    child.once("error", reject);
    child.once("close", (code) => resolve({ ok: code === 0, output: Buffer.concat(printed).toString() }));
  });
}

function scriptOf(name: string, command: string): string {
  const folder = join("node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    bin: string | Record<string, string>;
  };
  return join(folder, typeof bin === "string" ? bin : bin[command]!);
}
