// npm run compatibility: runs every program against its own server and writes docs/compatibility.md. Exits
// with 1 if one failed.
import { writeFileSync } from "node:fs";

import { buildIfStale, generateIfStale } from "#lib/server/boot/build.ts";
import { startSharedServer } from "#tests/harness/server.ts";
import {
  describeCompatibility,
  isAsExpected,
  tryProgram,
  type Result,
} from "#tests/protocol/compatibility/describe-compatibility.ts";
import { installLibraries } from "#tests/protocol/compatibility/install-libraries.ts";
import { PROGRAMS } from "#tests/protocol/compatibility/programs.ts";

const PAGE = "docs/compatibility.md";

async function runAll(): Promise<Result[]> {
  const results: Result[] = [];
  for (const program of PROGRAMS) {
    const result = await tryProgram(program);
    console.log(
      `${isAsExpected(result) ? "as expected" : "FAILED"}: ${program.name} ${program.version}${result.failure ? ` (${result.failure})` : ""}`,
    );
    results.push(result);
  }
  return results;
}

await generateIfStale();
await buildIfStale();
await installLibraries();
const server = await startSharedServer();
Object.assign(process.env, {
  TEST_ORIGIN: server.origin,
  TEST_CONTROL_PORT: String(server.controlPort),
  TEST_DATA_DIR: server.dataDir,
});
try {
  const results = await runAll();
  writeFileSync(PAGE, describeCompatibility(results, new Date().toISOString().slice(0, 10)));
  console.log(`${PAGE} is written.`);
  if (!results.every(isAsExpected)) process.exitCode = 1;
} finally {
  await server.stop();
}
// Exits explicitly, because libraries keep connections and timers open.
process.exit();
