import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

// Loaded by `keepRunning` (keep-running.ts) into the process that it runs. Tells it which files were loaded.
registerHooks({
  load: (url, context, nextLoad) => {
    if (url.startsWith("file:") && !url.includes("/node_modules/")) process.send?.(fileURLToPath(url));
    return nextLoad(url, context);
  },
});
// The connection to the other process must not keep this one from ending.
process.channel?.unref();
