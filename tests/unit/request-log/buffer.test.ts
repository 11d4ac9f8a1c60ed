import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { deleteAccount } from "#lib/legrand/account-deletion/store.ts";
import type { RequestAttempt } from "#lib/legrand/request-log/attempt.ts";
import { bufferAttempt, flushAttempts } from "#lib/legrand/request-log/buffer.ts";
import { sweepAttempts } from "#lib/legrand/request-log/sweep.store.ts";
import { makeAccountProof, toAccountId } from "#tests/factories/make-proofs.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";

onEveryDatabase((database) => {
  const makeApplication = async () => {
    const clientId = randomUUID();
    await database.client.application.create({
      data: { clientId, name: "x", description: "x", vendor: "x", url: "https://x.example" },
    });
    return clientId;
  };
  const makeAccount = async () => {
    const [id, email] = [randomUUID(), `${randomUUID()}@example.com`];
    await database.client.legrandAccount.create({
      data: { id, email, givenName: "A", familyName: "B", country: "FR", passwordDigest: "x" },
    });
    return makeAccountProof({ id: toAccountId(id), email });
  };
  const attempt = (clientId: string, more: Partial<RequestAttempt> = {}): RequestAttempt => ({
    clientId,
    at: new Date(),
    step: "token",
    outcome: "succeeded",
    reason: null,
    status: 200,
    durationMs: 1,
    requestId: "a1b2c3d4",
    reference: "LG-0000-00",
    journey: null,
    accountId: null,
    secretEnding: null,
    operation: null,
    parameters: [],
    requests: 1,
    ...more,
  });
  const rowsOf = (clientId: string) =>
    database.client.requestAttempt.findMany({ where: { clientId }, orderBy: { at: "asc" } });

  test("stores what waits when a reader flushes, in the order in which it was answered", async () => {
    const clientId = await makeApplication();
    for (const status of [200, 201, 202])
      bufferAttempt(attempt(clientId, { status, at: new Date(1_800_000_000_000 + status) }));
    await flushAttempts();
    expect((await rowsOf(clientId)).map(({ status }) => status)).toEqual([200, 201, 202]);
  });

  test("counts successes beyond 50 a second in one row, and stores 50 failures a second", async () => {
    const clientId = await makeApplication();
    for (let index = 0; index < 200; index++) bufferAttempt(attempt(clientId));
    for (let index = 0; index < 200; index++)
      bufferAttempt(attempt(clientId, { outcome: "refused", reason: "code_unknown", status: 400 }));
    await flushAttempts();
    const rows = await rowsOf(clientId);
    const successes = rows.filter(({ outcome }) => outcome === "succeeded");
    expect(successes.reduce((sum, { requests }) => sum + requests, 0)).toBe(200);
    // The second may change within the loop.
    expect(successes.length).toBeLessThanOrEqual(102);
    expect(rows.length - successes.length).toBeLessThanOrEqual(100);
    expect(rows.length - successes.length).toBeGreaterThanOrEqual(50);
  });

  test("leaves out an application and an account that were deleted before the write, and keeps the others", async () => {
    const [clientId, account] = [await makeApplication(), await makeAccount()];
    bufferAttempt(attempt(randomUUID()));
    bufferAttempt(attempt(clientId, { accountId: account.id, status: 201 }));
    bufferAttempt(attempt(clientId, { status: 202 }));
    await deleteAccount(account);
    await flushAttempts();
    expect((await rowsOf(clientId)).map(({ status }) => status)).toEqual([202]);
  });

  test("deleting an account deletes its attempts, and the account's id is not stored", async () => {
    const [clientId, account] = [await makeApplication(), await makeAccount()];
    bufferAttempt(attempt(clientId, { accountId: account.id }));
    await flushAttempts();
    const rows = await rowsOf(clientId);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(account.id);
    await deleteAccount(account);
    expect(await rowsOf(clientId)).toEqual([]);
  });

  test("two applications cannot compare their accounts: each sees another pseudonym", async () => {
    const [one, other, account] = [await makeApplication(), await makeApplication(), await makeAccount()];
    for (const clientId of [one, other]) bufferAttempt(attempt(clientId, { accountId: account.id }));
    await flushAttempts();
    const [[first], [second]] = [await rowsOf(one), await rowsOf(other)];
    expect(first!.pseudonym).not.toBe(second!.pseudonym);
  });

  test("sweeps attempts after 30 days, and those beyond the limit of an application, the oldest first", async () => {
    const clientId = await makeApplication();
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
    for (const days of [31, 3, 2, 1])
      bufferAttempt(attempt(clientId, { at: daysAgo(days), status: 200 + days }));
    await flushAttempts();
    await sweepAttempts(2);
    expect((await rowsOf(clientId)).map(({ status }) => status)).toEqual([202, 201]);
  });
});
