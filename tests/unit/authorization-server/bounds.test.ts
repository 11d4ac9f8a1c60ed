import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { secondsFromNow } from "#lib/clock.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import {
  ANONYMOUS_BOUNDS,
  MOST_OF_ACCOUNT,
  MOST_OF_GRANT,
} from "#lib/legrand/authorization-server/bounds.ts";
import { newRequestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { boundShares, writeArtifacts } from "#lib/legrand/authorization-server/artifacts.store.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";

const HOUR = 60 * 60;
const SIGNED_IN = { result: { login: { accountId: randomUUID() } } };

/** Returns an interaction as the authorization server saves it for a browser of that network. */
const interaction = (
  network: string,
  digest = randomToken(),
  payload: Record<string, unknown> = { params: {} },
) => ({
  kind: "Interaction" as const,
  digest,
  payload,
  grantId: null,
  uid: null,
  network,
  expiresAt: secondsFromNow(HOUR),
});

const save = (saved: ReturnType<typeof interaction>, bounds = ANONYMOUS_BOUNDS) =>
  writeArtifacts({ ...newRequestScope().writes, saved: [saved] }, null, null, undefined, bounds);

onEveryDatabase((database) => {
  /**
   * Inserts rows as if `count` requests had come a millisecond apart, the last one a second ago. "many" means
   * a hundred networks. Returns their digests, oldest first.
   */
  async function fill(
    count: number,
    columns: { kind: string; network?: string; grant?: string; account?: string; spent?: boolean },
  ): Promise<string[]> {
    const rows = await database.client.$queryRaw<{ digest: string }[]>`
      WITH added AS (
        INSERT INTO legrand_artifact (digest, kind, payload, network, network_ordinal, grant_id, account_id, consumed_at, expires_at)
        SELECT gen_random_uuid()::text, ${columns.kind}::legrand_artifact_kind, '{}',
          CASE network WHEN 'many' THEN 'one of ' || n % 100 ELSE network END, CASE WHEN network IS NOT NULL THEN n END,
          ${columns.grant ?? null}::text, ${columns.account ?? null}::uuid, CASE WHEN ${columns.spent ?? false}::boolean THEN now() END,
          now() + interval '1 hour' - interval '1 second' - (${count}::int - n) * interval '1 millisecond'
        FROM generate_series(1, ${count}::int) n, (SELECT ${columns.network ?? null}::text AS network) given
        RETURNING digest, expires_at)
      SELECT digest FROM added ORDER BY expires_at`;
    return rows.map(({ digest }) => digest);
  }

  /** Returns those of the digests whose rows are gone. */
  async function missingOf(digests: string[]): Promise<string[]> {
    const kept = new Set(
      (
        await database.client.artifact.findMany({
          where: { digest: { in: digests } },
          select: { digest: true },
        })
      ).map(({ digest }) => digest),
    );
    return digests.filter((digest) => !kept.has(digest));
  }

  const countAnonymous = (where: object = { network: { not: null } }) =>
    database.client.artifact.count({ where });
  const { most, step } = ANONYMOUS_BOUNDS.ofNetwork;

  test("a network keeps at most 1,000 interactions without an account and loses its oldest; another network keeps its own", async () => {
    const network = randomUUID();
    const mine = await fill(most, { kind: "Interaction", network });
    const others = await fill(10, { kind: "Interaction", network: randomUUID() });
    const added = Array.from({ length: 2 * step }, () => interaction(network));
    for (const one of added) await save(one);
    const missing = await missingOf([...mine, ...others, ...added.map(({ digest }) => digest)]);
    expect(missing).toEqual(mine.slice(0, 3 * step));
  });

  test("simultaneous requests end within the limit, and none fails", async () => {
    const network = randomUUID();
    await fill(most - step, { kind: "Interaction", network });
    await Promise.all(Array.from({ length: 4 * step }, () => save(interaction(network))));
    for (let request = 0; request < step; request++) await save(interaction(network));
    expect(await countAnonymous({ network })).toBeLessThanOrEqual(most);
  });

  test("all networks together keep at most the total limit, and lose the oldest of any network", async () => {
    await database.client.artifact.deleteMany({ where: { network: { not: null } } });
    const before = await fill(400, { kind: "Interaction", network: "many" });
    for (let request = 0; request < 20; request++)
      await save(interaction(randomUUID()), {
        ofNetwork: { most: 100, step: 10 },
        inAll: { most: 400, step: 10 },
      });
    expect(await countAnonymous()).toBeLessThanOrEqual(400);
    const missing = await missingOf(before);
    expect(missing).toEqual(before.slice(0, missing.length));
    expect(missing.length).toBeLessThanOrEqual(30);
  });

  test("never drops an interaction with a signed-in account, and restores one that was dropped during the sign-in", async () => {
    const network = randomUUID();
    const [first, dropped] = [interaction(network), interaction(network)];
    await save(first);
    await save(dropped);
    await save(interaction(network, first.digest, SIGNED_IN));
    await fill(most, { kind: "Interaction", network });
    for (let request = 0; request < step; request++) await save(interaction(network));
    expect(await missingOf([first.digest, dropped.digest])).toEqual([dropped.digest]);
    await save(interaction(network, dropped.digest, SIGNED_IN));
    const { accountId } = SIGNED_IN.result.login;
    const rows = await database.client.artifact.findMany({
      where: { digest: { in: [first.digest, dropped.digest] } },
      select: { network: true, accountId: true },
    });
    expect(rows).toEqual([
      { network: null, accountId },
      { network: null, accountId },
    ]);
  });

  test("a grant keeps the newest of each kind, and drops spent ones first", async () => {
    const grant = randomUUID();
    const unspent = await fill(3, { kind: "RefreshToken", grant });
    const spent = await fill(MOST_OF_GRANT, { kind: "RefreshToken", grant, spent: true });
    const access = await fill(MOST_OF_GRANT + 2, { kind: "AccessToken", grant });
    const others = await fill(10, { kind: "RefreshToken", grant: randomUUID() });
    expect(await boundShares([grant], [])).toBe(5);
    expect(await missingOf([...unspent, ...spent, ...access, ...others])).toEqual([
      ...spent.slice(0, 3),
      ...access.slice(0, 2),
    ]);
  });

  test("an account keeps its newest sessions and interactions", async () => {
    const account = randomUUID();
    const sessions = await fill(MOST_OF_ACCOUNT + 1, { kind: "Session", account });
    const interactions = await fill(MOST_OF_ACCOUNT, { kind: "Interaction", account });
    expect(await boundShares([], [account])).toBe(1);
    expect(await missingOf([...sessions, ...interactions])).toEqual([sessions[0]]);
  });
});
