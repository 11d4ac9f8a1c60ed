import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { BulkConnection } from "#lib/server/load/bulk-connection.ts";
import { WRONG_NUMBERS } from "#tests/factories/wrong-numbers.ts";
import { createDatabase } from "#tests/harness/postgres.ts";
import { SECRETS } from "#tests/unit/environment.ts";

const AT = new Date();
const DAY_MS = 24 * 60 * 60 * 1000;
const ACCOUNTS = 600;
const step = <T>(_sentence: string, work: () => Promise<T>) => work();
const folder = mkdtempSync(join(tmpdir(), "legrand-connect-unit-"));
const server = process.env.TEST_DATABASE_URL;

let loading: typeof import("#lib/server/load/load-accounts.ts");
let removing: typeof import("#lib/server/load/remove-accounts.ts");
let opening: typeof import("#lib/server/load/open-bulk.ts");
let sealing: typeof import("#lib/connect/sealed-tokens/seal-token.ts");

beforeAll(async () => {
  Object.assign(process.env, SECRETS);
  loading = await import("#lib/server/load/load-accounts.ts");
  removing = await import("#lib/server/load/remove-accounts.ts");
  opening = await import("#lib/server/load/open-bulk.ts");
  sealing = await import("#lib/connect/sealed-tokens/seal-token.ts");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("on the embedded database", { timeout: 60_000 }, () =>
  rules(() => opening.openBulkEmbedded(folder, step)),
);
describe.skipIf(!server)("on PostgreSQL (TEST_DATABASE_URL)", { timeout: 60_000 }, () =>
  rules(async () => opening.openBulkPostgres(await createDatabase(server!, `unit_${randomUUID()}`), step)),
);

/** These tests run in order: each one checks what the earlier ones created. */
function rules(open: () => Promise<BulkConnection>): void {
  let connection: BulkConnection;
  const said: [number, number][] = [];
  const load = (accounts: number) =>
    loading.loadAccounts(connection, {
      accounts,
      seed: 1,
      at: AT,
      say: (done, total) => said.push([done, total]),
    });
  const count = async (what: string) =>
    (await connection.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${what}`))[0]!.count;

  beforeAll(async () => {
    connection = await open();
    const [user] = await connection.query<{ id: string }>(
      "INSERT INTO connect_user (id, name) VALUES (gen_random_uuid(), 'Real') RETURNING id",
    );
    await connection.query(
      `INSERT INTO connect_account (id, user_id, type, provider, provider_account_id, requested_scopes, granted_scopes)
      VALUES (gen_random_uuid(), $1, 'oidc', 'legrand', 'real', '{}', '{}')`,
      [user!.id],
    );
    await load(ACCOUNTS);
  }, 180_000);
  afterAll(() => connection.close());

  test("adds the requested number of linked accounts, each with a history, keeps existing rows, and reports its progress", async () => {
    expect(await count("connect_account")).toBe(ACCOUNTS + 1);
    expect(
      await count(
        "connect_account a WHERE provider_account_id <> 'real' AND NOT EXISTS (SELECT 1 FROM connect_linked_account_event e WHERE e.account_id = a.id AND e.what = 'connected' AND e.at = a.connected_at)",
      ),
    ).toBe(0);
    expect(await count("connect_user")).toBeLessThan(ACCOUNTS);
    expect([said[0], said.at(-1)]).toEqual([
      [0, ACCOUNTS],
      [ACCOUNTS, ACCOUNTS],
    ]);
  });

  test("keeps the tallies equal to a fresh count (statement triggers fire for COPY)", async () => {
    expect(await connection.query(WRONG_NUMBERS)).toEqual([]);
    const [denied] = await connection.query<{ sum: number }>(
      "SELECT sum(amount)::int FROM connect_tally WHERE name = 'denied'",
    );
    expect(denied!.sum).toBe(await count("connect_account WHERE provider_account_id LIKE 'seeded-%0'"));
  });

  test("creates plausible accounts: every state, matching histories, times in order", async () => {
    const states = await connection.query<{ state: string }>(
      "SELECT DISTINCT listed_state AS state FROM connect_account",
    );
    expect(states.map(({ state }) => state).sort()).toEqual([
      "connected",
      "disconnected",
      "reconnect_needed",
      "unavailable",
    ]);
    expect(
      await count(
        "connect_account WHERE (state = 'disconnected') <> (disconnected_at IS NOT NULL) OR (state = 'disconnected' AND (access_token IS NOT NULL OR refresh_token IS NOT NULL))",
      ),
    ).toBe(0);
    expect(
      await count(
        "connect_account WHERE authorized_at < connected_at OR refreshed_at < authorized_at OR disconnected_at < coalesce(refreshed_at, authorized_at)",
      ),
    ).toBe(0);
    expect(
      await count(`connect_account WHERE connected_at < now() - interval '731 days' OR connected_at > now()`),
    ).toBe(0);
    for (const [state, what] of [
      ["disconnected", "disconnected"],
      ["unavailable", "refresh_failed"],
    ]) {
      expect(
        await count(
          `connect_account a WHERE listed_state = '${state}' AND NOT EXISTS (SELECT 1 FROM connect_linked_account_event e WHERE e.account_id = a.id AND what = '${what}')`,
        ),
      ).toBe(0);
    }
  });

  test("seals tokens like real ones, and none is ever due for the background renewal at Legrand", async () => {
    const [row] = await connection.query<{ id: string; token: string }>(
      "SELECT provider_account_id AS id, refresh_token AS token FROM connect_account WHERE refresh_token IS NOT NULL LIMIT 1",
    );
    expect(
      sealing.openToken(row!.token, { provider: "legrand", providerAccountId: row!.id }, "refreshToken"),
    ).toMatch(/^seeded-token/);
    expect(
      await count(
        `connect_account WHERE refresh_token IS NOT NULL AND (retry_at IS NOT NULL OR refresh_lease_until IS NOT NULL OR refresh_token_expires_at < '${new Date(AT.getTime() + 300 * DAY_MS).toISOString()}')`,
      ),
    ).toBe(0);
  });

  test("adds different accounts on the next run, and the same people for the same seed", async () => {
    const who = () =>
      connection.query(
        "SELECT id, provider_account_id, name, email FROM connect_account WHERE provider_account_id LIKE 'seeded-%' ORDER BY id",
      );
    expect(await load(50)).toBe(ACCOUNTS + 50);
    const before = await who();
    await removing.removeAccounts(connection, () => {});
    await load(ACCOUNTS);
    await load(50);
    expect(await who()).toEqual(before);
  });

  test("removes only what it created: rows, and the numbers of every day", async () => {
    await loading.tidyUp(connection);
    await removing.removeAccounts(connection, () => {});
    expect([
      await count("connect_account"),
      await count("connect_user"),
      await count("connect_linked_account_event"),
    ]).toEqual([1, 1, 0]);
    expect(await connection.query(WRONG_NUMBERS)).toEqual([]);
    expect(
      await connection.query(
        "SELECT day FROM connect_tally WHERE name = 'denied' GROUP BY day HAVING sum(amount) <> 0",
      ),
    ).toEqual([]);
  });
}
