// A process that requests access tokens from a database, as a server of the application does. Started by
// tests/factories/start-token-caller.ts. One line of JSON in, one line out.
import { createInterface } from "node:readline";

import { setDatabase } from "#lib/db/client.ts";
import { openPostgres } from "#lib/db/open.ts";
import { getAccessToken } from "#lib/connect/tokens/get-access-token.ts";
import { TIMINGS } from "#lib/connect/tokens/timings.ts";

type Request = { id: string; callers: number; asked?: { rejected?: number; force?: boolean } };

const timings = { ...TIMINGS, ...(JSON.parse(process.env.TEST_TIMINGS ?? "{}") as Partial<typeof TIMINGS>) };
setDatabase(await openPostgres(process.env.DATABASE_URL!, (_sentence, work) => work()));
console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const { id, callers, asked } = JSON.parse(line) as Request;
  console.log(
    JSON.stringify(
      await Promise.all(Array.from({ length: callers }, () => getAccessToken(id, asked, timings))),
    ),
  );
}
