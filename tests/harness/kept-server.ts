// Keeps the script of the first argument running, with the port of the second one, while files of its folder change.
import { dirname } from "node:path";

import { keepRunning } from "#lib/server/boot/keep-running.ts";

const [script, port] = process.argv.slice(2) as [string, string];
process.exitCode = await keepRunning({ script, argv: [port], folders: [dirname(script)] });
