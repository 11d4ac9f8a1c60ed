import { randomUUID } from "node:crypto";

import { describe, expect, test } from "vitest";

import type { AccountId } from "#lib/legrand/accounts/account-id.ts";
import type { ClientId } from "#lib/legrand/applications/client-id.ts";
import {
  canChooseHomes,
  chooseHomes,
  describeHomesChange,
  describeSharedHomes,
  parseSentHomes,
} from "#lib/legrand/grants/shared-homes.ts";
import { findSharedHomes, saveSharedHomes } from "#lib/legrand/grants/shared-homes.store.ts";
import { findGrant, recordConsent } from "#lib/legrand/grants/store.ts";
import { findSharedHome } from "#lib/legrand/smarther/shared-home.ts";
import { addNotificationSubscription, listSubscribers } from "#lib/legrand/webhooks/store.ts";
import { makeAccessProof, makeAccountProof, toAccountId, toClientId } from "#tests/factories/make-proofs.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";
import { setEnvironment } from "#tests/unit/environment.ts";

setEnvironment({});

const home = (name: string, isShared = true) => ({ id: name, name, isShared });
const ALL = { isAll: true, homes: [home("Alp"), home("Baita")] };

describe("what a form chose", () => {
  test.each([
    ["", "all"],
    ["scope=topology.read", "all"],
    ["homes=shown", null],
    ["homes=shown&home=Alp", ["Alp"]],
    ["home=Baita", ["Baita"]],
    ["homes=shown&home=Baita&home=Alp&home=Alp&home=Theirs", ["Alp", "Baita"]],
    ["home=Theirs", null],
    ["home=", null],
  ])("%j means %j", (form, chosen) => {
    expect(chooseHomes(parseSentHomes(new URLSearchParams(form)), ALL)).toEqual(chosen);
  });

  test("there is a choice with several homes, or with one home and a stored choice", () => {
    expect(canChooseHomes(ALL)).toBe(true);
    expect(canChooseHomes({ isAll: true, homes: [home("Alp")] })).toBe(false);
    expect(canChooseHomes({ isAll: false, homes: [home("Alp", false)] })).toBe(true);
    expect(canChooseHomes({ isAll: false, homes: [] })).toBe(false);
  });
});

test.each([
  [{ isAll: true, homes: [] }, "All homes, including later ones"],
  [{ isAll: false, homes: [home("Alp"), home("Baita", false), home("Casa")] }, "Alp and Casa"],
  [{ isAll: false, homes: [home("Alp", false)] }, "None of your homes"],
])("%j is described as %j", (shared, words) => {
  expect(describeSharedHomes(shared)).toBe(words);
});

const LATER = "Homes that you add later";
test.each([
  [
    { before: null, after: null },
    { added: [], removed: [] },
  ],
  [
    { before: null, after: ["Alp"] },
    { added: [], removed: ["Baita", LATER] },
  ],
  [
    { before: ["Alp"], after: ["Baita"] },
    { added: ["Baita"], removed: ["Alp"] },
  ],
  [
    { before: ["Alp", "Gone"], after: null },
    { added: ["Baita", LATER], removed: [] },
  ],
])("a change of the stored homes %j is described as %j", (change, described) => {
  expect(describeHomesChange(ALL.homes, change)).toEqual(described);
});

onEveryDatabase((database) => {
  type Person = { accountId: AccountId; clientId: ClientId; alp: string; baita: string };

  /** Makes a person with two homes, and an application. */
  async function makePerson(): Promise<Person> {
    const [alp, baita] = [randomUUID(), randomUUID()];
    const { id } = await database.client.legrandAccount.create({
      data: {
        email: `${randomUUID()}@example.com`,
        givenName: "A",
        familyName: "B",
        country: "FR",
        passwordDigest: "",
        plants: {
          create: [
            { id: alp, name: "Alp", type: "home" },
            { id: baita, name: "Baita", type: "home" },
          ],
        },
      },
    });
    const { clientId } = await database.client.application.create({
      data: { name: "Thermo", description: "", vendor: "Acme", url: "" },
    });
    return { accountId: toAccountId(id), clientId: toClientId(clientId), alp, baita };
  }

  /** Lets the person allow these homes. Returns what was stored. */
  async function consent({ accountId, clientId }: Person, homes: "all" | string[]): Promise<string[] | null> {
    return (await recordConsent(accountId, clientId, ["comfort.read"], [], homes)).homes.after;
  }

  const accessOf = ({ accountId, clientId, alp, baita }: Person) =>
    makeAccessProof({
      accountId,
      clientId,
      homes: [alp, baita].map((id) => ({ id, name: "", type: "home", country: "FR" })),
    });
  const subscribe = (person: Person, plantId: string) => {
    const access = accessOf(person);
    return addNotificationSubscription(access, findSharedHome(access, { plantId })!, {
      endPointUrl: "https://thermo.example/",
      mayBeLocal: false,
    });
  };
  const subscribersOf = async (plantId: string) =>
    (await listSubscribers(plantId, "comfort.read")).map(({ clientId }) => clientId);

  test("all homes of the account are stored as null, and only homes of the account are stored", async () => {
    const person = await makePerson();
    const other = await makePerson();
    expect(await consent(person, "all")).toBeNull();
    expect(await consent(person, [person.baita, person.alp])).toBeNull();
    expect(await consent(person, [person.alp, other.alp, randomUUID()])).toEqual([person.alp]);
    expect(await consent(person, [other.alp]), "no home, and not all").toEqual([]);
  });

  test("the homes are listed by name with what is chosen, without a grant as all", async () => {
    const person = await makePerson();
    const { accountId, clientId, alp, baita } = person;
    const listed = (shared: boolean) => [
      { id: alp, name: "Alp", isShared: shared },
      { id: baita, name: "Baita", isShared: true },
    ];
    expect(await findSharedHomes(accountId, clientId)).toEqual({ isAll: true, homes: listed(true) });
    await consent(person, [baita]);
    expect(await findSharedHomes(accountId, clientId)).toEqual({ isAll: false, homes: listed(false) });
  });

  test("a change returns what was stored before and after, and null for another account’s grant", async () => {
    const [person, other] = [await makePerson(), await makePerson()];
    await consent(person, "all");
    const { id } = (await findGrant(person.accountId, person.clientId))!;
    const save = (owner: Person, homes: "all" | string[]) =>
      saveSharedHomes(makeAccountProof({ id: owner.accountId }), { id, clientId: person.clientId }, homes);
    expect(await save(person, [person.alp])).toEqual({ before: null, after: [person.alp] });
    expect(await save(person, "all")).toEqual({ before: [person.alp], after: null });
    expect(await save(other, [other.alp])).toBeNull();
    expect((await findSharedHomes(person.accountId, person.clientId)).isAll).toBe(true);
  });

  test("a consent deletes the subscriptions to homes that it withdraws, and no others", async () => {
    const person = await makePerson();
    await consent(person, "all");
    for (const plantId of [person.alp, person.baita])
      expect(await subscribe(person, plantId)).toHaveProperty("id");
    await consent(person, [person.alp]);
    expect(await subscribersOf(person.alp)).toEqual([person.clientId]);
    await consent(person, "all");
    expect(await subscribersOf(person.baita)).toEqual([]);
  });

  test("a subscriber whose home is no longer shared is not notified, even if its row remained", async () => {
    const person = await makePerson();
    await consent(person, "all");
    await subscribe(person, person.baita);
    await database.client
      .$executeRaw`UPDATE legrand_grant SET shared_plants = ARRAY[${person.alp}::uuid] WHERE client_id = ${person.clientId}::uuid`;
    expect(await subscribersOf(person.baita)).toEqual([]);
  });

  test("a subscription waits for a change of the homes that is not committed, and is then refused", async () => {
    const person = await makePerson();
    await consent(person, "all");
    let added: ReturnType<typeof subscribe> | undefined;
    await database.client.$transaction(async (transaction) => {
      await transaction.$executeRaw`UPDATE legrand_grant SET shared_plants = ARRAY[${person.alp}::uuid] WHERE client_id = ${person.clientId}::uuid`;
      added = subscribe(person, person.baita);
      // With a lock that does not conflict with the update, the subscription would be stored by then.
      await transaction.$queryRaw`SELECT pg_sleep(0.2)::text`;
    });
    expect(await added).toBe("not_found");
    expect(await database.client.notificationSubscription.count({ where: { plantId: person.baita } })).toBe(
      0,
    );
  });
});
