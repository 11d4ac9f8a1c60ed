// npm run role -- administrator|auditor|none <e-mail or Legrand id>: grants or removes a role. Works with and
// without a running server.
import { env } from "#lib/env.ts";
import { askServer } from "#lib/server/operator/ask-server.ts";
import { operatorRequestSchema, type OperatorRequest } from "#lib/server/operator/operator-messages.ts";
import { operatorSocketPath } from "#lib/server/operator/operator-socket-path.ts";
import { runCommand } from "#lib/server/operator/run-command.ts";
import { withDatabase } from "#lib/server/operator/with-database.ts";

type Asked = Extract<OperatorRequest, { ask: "change_role" }>;

function readArguments([role, who, ...rest]: string[]): Asked {
  const asked = operatorRequestSchema.safeParse({ ask: "change_role", role, who }).data;
  if (!asked || rest.length > 0)
    throw new Error("Usage: npm run role -- administrator|auditor|none <e-mail or Legrand id>");
  return asked as Asked;
}

async function change(asked: Asked): Promise<{ lines: string[]; isDone: boolean }> {
  const answer = await askServer(operatorSocketPath(env().dataDir), asked, () => {});
  if (!answer)
    return withDatabase("npm run role", async () =>
      (await import("#lib/connect/admin/roles/change-role-by-command.ts")).changeRoleByCommand(
        asked.role,
        asked.who,
      ),
    );
  if (answer.say === "role") return answer;
  throw new Error("The server could not change the role; its log says why. Nothing was changed.");
}

await runCommand(() => change(readArguments(process.argv.slice(2))));
