import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { completeSecrets } from "#lib/server/boot/secrets.ts";
import { Connection, type Answer } from "#tests/bench/http-client.ts";
import { settle } from "#tests/bench/journey.ts";
import { authorizeUrl, readCode, redeemCode, REPLY_URL, type Target } from "#tests/bench/oauth-client.ts";
import { makeAccounts, registerApplication } from "#tests/bench/targets.ts";
import { findPostgres, startPostgres } from "#tests/harness/postgres.ts";
import { startServer, type TestServer } from "#tests/harness/server.ts";
import { readCount, type Finding } from "#tests/torture/finding.ts";

/** How many requests send the same code or refresh token at once. */
const RACERS = 40;

/**
 * Races 40 requests for one code, and 40 for one refresh token, TORTURE_RACES times each, on the embedded
 * database and on PostgreSQL.
 */
export async function race(): Promise<Finding[]> {
  const races = readCount("TORTURE_RACES", 20);
  const embedded = await onServer({}, (server) => raceOn(server, "embedded", races));
  const programs = findPostgres();
  if (!programs)
    return [
      ...embedded,
      {
        rule: "the same on PostgreSQL",
        found: "there is no PostgreSQL on this machine (Debian: apt-get install postgresql)",
        held: null,
      },
    ];
  const postgres = await startPostgres(programs);
  const folder = mkdtempSync(join(tmpdir(), "legrand-connect-torture-"));
  try {
    const environment: NodeJS.ProcessEnv = { NODE_ENV: "production" };
    completeSecrets(environment, folder, false);
    const settings = {
      ...(environment as Record<string, string>),
      DATABASE_URL: await postgres.createDatabase("race"),
      DATA_DIR: folder,
    };
    return [...embedded, ...(await onServer(settings, (server) => raceOn(server, "PostgreSQL", races)))];
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onServer<T>(
  environment: Record<string, string>,
  work: (server: TestServer) => Promise<T>,
): Promise<T> {
  const server = await startServer(environment);
  try {
    process.env.TEST_CONTROL_PORT = String(server.controlPort);
    return await work(server);
  } finally {
    await server.stop();
  }
}

async function raceOn(server: TestServer, database: string, races: number): Promise<Finding[]> {
  const nextEmail = await makeAccounts(2 * races);
  const racers = Array.from({ length: RACERS }, () => new Connection());
  const [codes, refreshes]: [number[], number[]] = [[], []];
  for (let one = 0; one < races; one++) {
    // A new application for each race, because the losers' requests fail, and an application is paused after
    // 60 failures a minute.
    const target = await registerApplication(server);
    codes.push(
      countPairs(
        await raceFor(racers, target, {
          grant_type: "authorization_code",
          redirect_uri: REPLY_URL,
          code: await freshCode(target, nextEmail()),
        }),
      ),
    );
    const token = await redeemCode(racers[0]!, target, await freshCode(target, nextEmail()));
    refreshes.push(
      countPairs(await raceFor(racers, target, { grant_type: "refresh_token", refresh_token: token })),
    );
  }
  racers.forEach((connection) => connection.close());
  return [
    toFinding(`${RACERS} redemptions of one code, ${database}: exactly one wins`, codes),
    toFinding(`${RACERS} refreshes with one token, ${database}: one new pair`, refreshes),
  ];
}

const toFinding = (rule: string, pairs: number[]): Finding => {
  const held = pairs.filter((count) => count === 1).length;
  return { rule, found: `${held} of ${pairs.length} races`, held: held === pairs.length };
};

async function freshCode(target: Target, email: string): Promise<string> {
  const { browser, session } = await settle(target, email);
  const code = readCode(
    await browser.connection.send(authorizeUrl(target), {
      cookie: session,
      headers: { accept: "text/html" },
    }),
  );
  browser.connection.close();
  return code;
}

function raceFor(
  racers: Connection[],
  { issuer, clientId, clientSecret }: Target,
  parameters: Record<string, string>,
): Promise<Answer[]> {
  const form = new URLSearchParams({ ...parameters, client_id: clientId, client_secret: clientSecret });
  return Promise.all(racers.map((connection) => connection.send(`${issuer}/token`, { form })));
}

/**
 * Returns how many token pairs were issued. A lost answer to a refresh can be replayed (decision 18), so two
 * answers may carry one pair. Returns NaN if a loser got anything but `invalid_grant`.
 */
function countPairs(answers: Answer[]): number {
  const bodies = answers.map(({ status, body }) => ({
    status,
    ...(JSON.parse(body) as { error?: string; refresh_token?: string }),
  }));
  const [winners, losers] = [
    bodies.filter(({ status }) => status === 200),
    bodies.filter(({ status }) => status !== 200),
  ];
  const isClean = losers.every(({ status, error }) => status === 400 && error === "invalid_grant");
  return isClean ? new Set(winners.map(({ refresh_token }) => refresh_token)).size : NaN;
}
