// npm start, npm run dev: goes from a bare checkout to a running server.
import { fitMemory } from "#lib/server/boot/fit-memory.ts";

// While developing, Next builds in this process, and needs more.
if (!process.argv.includes("--dev")) await fitMemory();
await import("#lib/server/boot/begin.ts");
