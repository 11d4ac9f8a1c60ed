// npm run dev: runs the server with hot reload. Next reloads pages by itself; after a change in the code in front
// of Next, the server starts again.
import { keepRunning } from "#lib/server/boot/keep-running.ts";

// Requests are cut off early, so that a change shows quickly.
process.env.STOP_GRACE_SECONDS ||= "1";
process.exitCode = await keepRunning({
  script: "lib/server/boot/start.ts",
  argv: ["--dev"],
  folders: ["lib", "prisma"],
  ignored: /[\\/]lib[\\/]db[\\/]generated[\\/]/,
});
