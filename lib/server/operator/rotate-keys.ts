// npm run rotate-keys: re-encrypts every stored ciphertext under the first of TOKEN_ENCRYPTION_KEYS.
import type { RotationTally } from "#lib/db/reencrypt-table.ts";
import { env } from "#lib/env.ts";
import { askServer } from "#lib/server/operator/ask-server.ts";
import { firstKey } from "#lib/server/operator/operator-messages.ts";
import { operatorSocketPath } from "#lib/server/operator/operator-socket-path.ts";
import { showRotation, summarise } from "#lib/server/operator/rotation-report.ts";
import { runCommand } from "#lib/server/operator/run-command.ts";
import { withDatabase } from "#lib/server/operator/with-database.ts";

/** Asks the server that runs on this data folder, or opens the database itself if no server runs. */
async function rotate(): Promise<RotationTally[]> {
  const request = { ask: "rotate_keys", key: firstKey() } as const;
  const answer = await askServer(operatorSocketPath(env().dataDir), request, (message) => {
    if (message.say === "progress") showRotation(message);
  });
  if (!answer)
    return withDatabase("npm run rotate-keys", async () =>
      (await import("#lib/server/operator/reencrypt.ts")).reencryptEverything(showRotation),
    );
  if (answer.say === "done") return answer.tallies;
  if (answer.say === "other_key") throw new Error(otherKey(answer.serverKey));
  throw new Error(
    "The server failed to re-encrypt everything; its log says why. Nothing is lost: run npm run rotate-keys again.",
  );
}

function otherKey(serverKey: string): string {
  const { id } = firstKey();
  const what =
    serverKey === id
      ? `another key of the name ${id}`
      : `the key ${serverKey} first, and this command sees ${id}`;
  return `The server runs with ${what}. Start it again with the TOKEN_ENCRYPTION_KEYS of this command, then run the command again. Nothing was changed.`;
}

await runCommand(async () => {
  const { lines, isComplete } = summarise(
    await rotate(),
    env().tokenEncryptionKeys.map(([id]) => id),
  );
  return { lines, isDone: isComplete };
});
