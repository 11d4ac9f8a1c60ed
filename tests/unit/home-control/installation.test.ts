import { randomUUID } from "node:crypto";
import { globSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { secondsFromNow } from "#lib/clock.ts";
import { SANDBOX_ACCOUNTS } from "#lib/legrand/accounts/sandbox-accounts.ts";
import { FIRST_INSTALLATION } from "#lib/legrand/plants/first-installation.ts";
import { rowsOf, type Installation } from "#lib/legrand/plants/installation.ts";
import { addSignUp, makeAccount } from "#lib/legrand/sign-up/store.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";

const PERSON = { givenName: "Inês", familyName: "Duarte", country: "PT" };

/** Rooms and products without their identifiers. */
function describeInstallation(installation: Installation) {
  const { ambients, products } = rowsOf(randomUUID(), installation);
  return {
    ambients: ambients.map(({ position, name, type }) => ({ position, name, type })),
    products: products.map(({ ambientId, id: _id, plantId: _plantId, ...product }) => ({
      ...product,
      room: ambients.find(({ id }) => id === ambientId)?.name ?? null,
    })),
  };
}

onEveryDatabase((database) => {
  async function readInstallation(plantId: string) {
    const ambients = await database.client.ambient.findMany({
      where: { plantId },
      orderBy: { position: "asc" },
      select: { position: true, name: true, type: true },
    });
    const products = await database.client.product.findMany({
      where: { plantId },
      orderBy: { position: "asc" },
      omit: { id: true, plantId: true, ambientId: true, movedAt: true, isReachable: true },
      include: { ambient: true },
    });
    return {
      ambients,
      products: products.map(({ ambient, ...product }) => ({ ...product, room: ambient?.name ?? null })),
    };
  }

  test("the home of a new account has rooms with lights, plugs and shutters, and a remote", async () => {
    const digest = randomUUID();
    await addSignUp(
      { email: `${digest}@example.com`, ...PERSON, network: "192.0.2.1" },
      digest,
      secondsFromNow(60),
    );
    const made = await makeAccount(digest, PERSON, "x");
    const home = await database.client.plant.findFirstOrThrow({ where: { accountId: made!.accountId! } });
    expect(await readInstallation(home.id)).toEqual(describeInstallation(FIRST_INSTALLATION));
  });

  test("the migration gives existing homes the products of new ones", async () => {
    const homes = [
      ...SANDBOX_ACCOUNTS.flatMap(({ plants }) => plants),
      { name: "Ferienhaus", installation: FIRST_INSTALLATION },
    ];
    const account = await database.client.legrandAccount.create({
      data: { email: `${randomUUID()}@example.com`, ...PERSON, passwordDigest: "x" },
    });
    await database.client.plant.deleteMany();
    await database.client.plant.createMany({
      data: homes.map(({ name }) => ({ accountId: account.id, name, type: "home" })),
    });
    const [file] = globSync("prisma/migrations/*_home_control/migration.sql");
    const statements = readFileSync(file!, "utf8")
      .split(";")
      .filter((part) => part.includes("INSERT INTO"));
    // The statements come from the migration.
    for (const statement of statements) await database.client.$executeRawUnsafe(statement);
    for (const { name, installation } of homes) {
      const { id } = await database.client.plant.findFirstOrThrow({ where: { name } });
      expect(await readInstallation(id), name).toEqual(describeInstallation(installation));
    }
  });
});
