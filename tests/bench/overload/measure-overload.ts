import { runSession, type Seen } from "#tests/bench/overload/connecting-session.ts";
import { makeAccounts, makeHomes } from "#tests/bench/targets.ts";
import { query } from "#tests/harness/database.ts";
import type { TestServer } from "#tests/harness/server.ts";

/** Few sessions, some, and far too many for one process. */
const SESSIONS = [10, 40, 200] as const;
const ACCOUNTS = 20_000;
const WARM_UP_SECONDS = 5;
/** The first flows of a stage have not ended before that. */
const LEAD_IN_SECONDS = 4;

/** The results of that many sessions without a pause, over all rounds. */
export type Stage = Seen & {
  sessions: number;
  /** Completed flows a second. */
  goodput: number;
  /**
   * Codes that were issued to Connect, but did not become a connected account and can no longer be redeemed.
   */
  codesLost: number;
};

/** Runs 10, 40 and 200 sessions in turn, for that many seconds and rounds. Calls `say` after each stage. */
export async function measureOverload(
  server: TestServer,
  rounds: number,
  seconds: number,
  say: (text: string) => void,
): Promise<Stage[]> {
  const nextEmail = await makeAccounts(ACCOUNTS);
  await makeHomes();
  await runStage(server.origin, nextEmail, SESSIONS[0], WARM_UP_SECONDS);
  const stages: Stage[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const sessions of SESSIONS) {
      stages.push(await runStage(server.origin, nextEmail, sessions, seconds));
      say(
        `round ${round}, ${sessions} sessions: ${stages.at(-1)!.goodput.toFixed(1)} flows/s, ${stages.at(-1)!.shed.length} shed, ${stages.at(-1)!.errors.length} errors`,
      );
    }
  }
  return SESSIONS.map((sessions) => joinRounds(stages.filter((stage) => stage.sessions === sessions)));
}

async function runStage(
  origin: string,
  nextEmail: () => string,
  sessions: number,
  seconds: number,
): Promise<Stage> {
  const [before, seen]: [Codes, Seen] = [await countCodes(), { completed: [], shed: [], errors: [] }];
  const counted = performance.now() + LEAD_IN_SECONDS * 1000;
  const end = counted + seconds * 1000;
  await Promise.all(Array.from({ length: sessions }, () => runSession(origin, nextEmail, end, seen)));
  const after = await countCodes();
  return {
    ...seen,
    sessions,
    goodput: seen.completed.filter(({ at }) => at >= counted && at <= end).length / seconds,
    codesLost:
      after.issued -
      before.issued -
      (after.connected - before.connected) -
      (after.redeemable - before.redeemable),
  };
}

function joinRounds(rounds: Stage[]): Stage {
  const sum = (of: (stage: Stage) => number) => rounds.reduce((total, stage) => total + of(stage), 0);
  return {
    sessions: rounds[0]!.sessions,
    goodput: sum(({ goodput }) => goodput) / rounds.length,
    codesLost: sum(({ codesLost }) => codesLost),
    completed: rounds.flatMap(({ completed }) => completed),
    shed: rounds.flatMap(({ shed }) => shed),
    errors: rounds.flatMap(({ errors }) => errors),
  };
}

type Codes = { issued: number; redeemable: number; connected: number };

/** Every person of the bench connects once, so each code that was redeemed in time is a connected account. */
async function countCodes(): Promise<Codes> {
  const [row] =
    await query<Codes>(`SELECT count(*)::int AS issued, count(*) FILTER (WHERE consumed_at IS NULL AND expires_at > now())::int AS redeemable,
    (SELECT count(*) FROM connect_account)::int AS connected FROM legrand_artifact WHERE kind = 'AuthorizationCode'`);
  return row!;
}
