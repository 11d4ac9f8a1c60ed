// Fits its memory, prints how it was started, and ends with the exit code of the first argument.
import { fitMemory } from "#lib/server/boot/fit-memory.ts";

await fitMemory();
const { pid, execArgv, argv, env } = process;
console.log(JSON.stringify({ pid, execArgv, argv: argv.slice(2), arenas: env.MALLOC_ARENA_MAX ?? null }));
process.exitCode = Number(argv[2]);
