import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test, vi } from "vitest";

import type { OperatorRequest } from "#lib/server/operator/operator-messages.ts";
import { setEnvironment, temporaryFolder } from "#tests/unit/environment.ts";

test("if the data folder supports no sockets, the server listens in the system's temporary folder, and the command finds it (exFAT, SMB)", async () => {
  const folder = temporaryFolder();
  // A folder with this name prevents a socket with the same name.
  mkdirSync(join(folder, "server.sock"));
  setEnvironment({ DATA_DIR: folder });
  const [{ openOperatorSocket }, { askServer }, { operatorSocketPath }] = await Promise.all([
    import("#lib/server/operator/operator-socket.ts"),
    import("#lib/server/operator/ask-server.ts"),
    import("#lib/server/operator/operator-socket-path.ts"),
  ]);
  await openOperatorSocket();
  const path = operatorSocketPath(folder);
  onTestFinished(() => rmSync(path));
  expect(path.startsWith(join(tmpdir(), "legrand-connect-"))).toBe(true);
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => logged.mockRestore());
  // A request that the server does not know gets an answer without a database.
  expect(await askServer(path, { ask: "nothing" } as unknown as OperatorRequest, () => {})).toEqual({
    say: "failed",
  });
  expect(readdirSync(folder)).toEqual(["server.sock"]);
});
