import "server-only";

import { database } from "#lib/db/client.ts";

/** The lease that was taken, identified by its end; or the time until another process's lease ends. */
export type LeaseOutcome = { held: true; until: Date } | { held: false; freeInMs: number };

/**
 * Takes the lease of that name for `seconds`, if it is free. It is one statement, so only one of several
 * processes gets it. The time is the database's: the clocks of two machines differ, and a lease must not end
 * for one while it lasts for the other.
 */
export async function takeLease(name: string, seconds: number): Promise<LeaseOutcome> {
  const [row] = await database().$queryRaw<{ until: Date | null; freeInMs: number | null }[]>`
    WITH taken AS (
      INSERT INTO background_lease AS l (name, until) VALUES (${name}, now() + ${seconds}::float8 * interval '1 second')
      ON CONFLICT (name) DO UPDATE SET until = EXCLUDED.until WHERE l.until <= now() RETURNING until
    )
    SELECT (SELECT until FROM taken) AS until,
      (SELECT extract(epoch FROM until - now())::float8 * 1000 FROM background_lease WHERE name = ${name}) AS "freeInMs"`;
  // A lease that was created at this very moment is not in the statement's snapshot.
  return row!.until
    ? { held: true, until: row!.until }
    : { held: false, freeInMs: row!.freeInMs ?? seconds * 1000 };
}

/**
 * Renews a lease that this process still holds. Returns its new end, or null if another process has taken it
 * over.
 */
export async function renewLease(name: string, until: Date, seconds: number): Promise<Date | null> {
  const [row] = await database().$queryRaw<{ until: Date }[]>`
    UPDATE background_lease SET until = greatest(now() + ${seconds}::float8 * interval '1 second', until + interval '1 millisecond')
    WHERE name = ${name} AND until = ${until} RETURNING until`;
  return row?.until ?? null;
}

/** Ends a lease that this process still holds. No process can take it for `restSeconds`. */
export async function endLease(name: string, until: Date, restSeconds: number): Promise<void> {
  await database().$executeRaw`
    UPDATE background_lease SET until = now() + ${restSeconds}::float8 * interval '1 second' WHERE name = ${name} AND until = ${until}`;
}

/** Deletes every lease. For a database that only one process uses, where every former holder is dead. */
export async function forgetLeases(): Promise<void> {
  await database().backgroundLease.deleteMany();
}
