import "server-only";

import { database } from "#lib/db/client.ts";

/** A lease that was got, told from every other by its end; or how long it is until somebody else's ends. */
export type LeaseOutcome = { held: true; until: Date } | { held: false; freeInMs: number };

/**
 * Takes the lease of that name for so many seconds where nobody has it: one statement, so of several
 * processes one gets it. The time is the database's, not the process's: the clocks of two machines differ,
 * and a lease must not end for one while it lasts for the other.
 */
export async function takeLease(name: string, seconds: number): Promise<LeaseOutcome> {
  const [row] = await database().$queryRaw<{ until: Date | null; freeInMs: number | null }[]>`
    WITH taken AS (
      INSERT INTO background_lease AS l (name, until) VALUES (${name}, now() + ${seconds}::float8 * interval '1 second')
      ON CONFLICT (name) DO UPDATE SET until = EXCLUDED.until WHERE l.until <= now() RETURNING until
    )
    SELECT (SELECT until FROM taken) AS until,
      (SELECT extract(epoch FROM until - now())::float8 * 1000 FROM background_lease WHERE name = ${name}) AS "freeInMs"`;
  // A lease that was made in this very moment is not in the statement's snapshot.
  return row!.until
    ? { held: true, until: row!.until }
    : { held: false, freeInMs: row!.freeInMs ?? seconds * 1000 };
}

/** Prolongs a lease that is held still. Returns its new end; null when it has been taken over. */
export async function renewLease(name: string, until: Date, seconds: number): Promise<Date | null> {
  const [row] = await database().$queryRaw<{ until: Date }[]>`
    UPDATE background_lease SET until = greatest(now() + ${seconds}::float8 * interval '1 second', until + interval '1 millisecond')
    WHERE name = ${name} AND until = ${until} RETURNING until`;
  return row?.until ?? null;
}

/** Ends a lease that is held still; nobody gets it for so many seconds. */
export async function endLease(name: string, until: Date, restSeconds: number): Promise<void> {
  await database().$executeRaw`
    UPDATE background_lease SET until = now() + ${restSeconds}::float8 * interval '1 second' WHERE name = ${name} AND until = ${until}`;
}

/** Forgets every lease: for a database of one process, where whoever held one is gone. */
export async function forgetLeases(): Promise<void> {
  await database().backgroundLease.deleteMany();
}
