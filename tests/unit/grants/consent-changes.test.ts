import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import type { AccountId } from "#lib/legrand/accounts/account-id.ts";
import type { ClientId } from "#lib/legrand/applications/client-id.ts";
import {
  findGrant,
  recordConsent,
  replaceConsent,
  takeBackScope,
  withdrawScopes,
} from "#lib/legrand/grants/store.ts";
import { toAccountId, toClientId } from "#tests/factories/make-proofs.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";
import { setEnvironment } from "#tests/unit/environment.ts";

setEnvironment({});

/** All homes before and after. */
const ALL = { before: null, after: null };

onEveryDatabase((database) => {
  async function people(): Promise<[accountId: AccountId, clientId: ClientId]> {
    const account = await database.client.legrandAccount.create({
      data: {
        email: `${randomUUID()}@example.com`,
        givenName: "A",
        familyName: "B",
        country: "FR",
        passwordDigest: "",
      },
    });
    const application = await database.client.application.create({
      data: { name: "Thermo", description: "", vendor: "Acme", url: "" },
    });
    return [toAccountId(account.id), toClientId(application.clientId)];
  }

  test("a grant is addressed by an account and an application, which cannot be swapped", async () => {
    const [accountId, clientId] = await people();
    await recordConsent(accountId, clientId, ["a"], []);
    expect(await findGrant(accountId, clientId)).toMatchObject({ accountId, clientId });
    // @ts-expect-error The two ids are swapped.
    expect(await findGrant(clientId, accountId)).toBeNull();
    // @ts-expect-error A plain string may be the id of anything.
    expect(await findGrant(String(accountId), clientId)).not.toBeNull();
  });

  test("a decision returns what it changed, for the mail (decision 19)", async () => {
    const pair = await people();
    expect(await recordConsent(...pair, ["a", "b"], ["c"])).toEqual({
      isNew: true,
      added: ["a", "b"],
      removed: [],
      homes: ALL,
    });
    expect(await recordConsent(...pair, ["b", "c"], [])).toEqual({
      isNew: false,
      added: ["c"],
      removed: [],
      homes: ALL,
    });
    expect(await recordConsent(...pair, ["b"], [])).toEqual({
      isNew: false,
      added: [],
      removed: [],
      homes: ALL,
    });
    expect(await replaceConsent(...pair, ["a", "d"], ["b"])).toEqual({
      isNew: false,
      added: ["d"],
      removed: ["b", "c"],
      homes: ALL,
    });
  });

  test("of simultaneous decisions, one is the first, and each scope is added by one of them", async () => {
    const pair = await people();
    const changes = await Promise.all(
      [
        ["a", "b"],
        ["b", "c"],
        ["c", "a"],
        ["d", "a"],
      ].map((allowed) => recordConsent(...pair, allowed, [])),
    );
    expect(changes.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(changes.flatMap(({ added }) => added).sort()).toEqual(["a", "b", "c", "d"]);
  });

  test("of simultaneous withdrawals of a scope, one removes it", async () => {
    const pair = await people();
    await recordConsent(...pair, ["a", "b", "c"], []);
    const { id } = (await findGrant(...pair))!;
    expect((await Promise.all([1, 2, 3].map(() => takeBackScope(id, "a")))).filter(Boolean)).toHaveLength(1);
    const withdrawn = await Promise.all([1, 2, 3].map(() => withdrawScopes(id, ["b"])));
    expect(withdrawn.filter(Boolean)).toMatchObject([{ application: { name: "Thermo", vendor: "Acme" } }]);
    expect((await findGrant(...pair))!.grantedScopes).toEqual(["c"]);
  });
});
