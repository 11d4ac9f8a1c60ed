import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

import { beforeEach, expect, test } from "vitest";

import { Prisma } from "#lib/db/generated/client.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { makeApplicationProof, toClientId } from "#tests/factories/make-proofs.ts";
import { setEnvironment } from "#tests/unit/environment.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";

const { listHistory, recordChange } = await import("#lib/legrand/applications/history.store.ts");
const { setState } = await import("#lib/legrand/applications/state.store.ts");

beforeEach(() => setEnvironment());

onEveryDatabase((database) => {
  async function makeApplication(): Promise<OwnedApplication> {
    const clientId = toClientId(randomUUID());
    await database.client.application.create({
      data: { clientId, name: "Thermo", description: "d", vendor: "v", url: "https://thermo.example" },
    });
    return makeApplicationProof({ clientId });
  }
  const historyOf = async (application: OwnedApplication) =>
    (await listHistory(application, null)).changes.map(({ who, what, detail }) => ({ who, what, detail }));

  test("records a change of one application, with its details", async () => {
    const application = await makeApplication();
    const detail = { changes: [{ field: "name", from: "It's", to: 'a "name"' }] };
    await database.client.$executeRaw(
      recordChange({ what: "edited", who: "Alix", detail, of: application.clientId }),
    );
    expect(await historyOf(application)).toEqual([{ who: "Alix", what: "edited", detail }]);
  });

  test("records a change with the statement that makes it, once however often it is sent", async () => {
    const application = await makeApplication();
    expect(await setState(application, "suspended", "Alix")).toBe(true);
    expect(await setState(application, "suspended", "Alix")).toBe(false);
    expect(await historyOf(application)).toEqual([{ who: "Alix", what: "suspended", detail: {} }]);
  });

  test("records nothing if no row changed, or the application is gone", async () => {
    for (const of of [Prisma.sql`legrand_application WHERE false`, toClientId(randomUUID())])
      expect(
        await database.client.$executeRaw(recordChange({ what: "resumed", who: "Alix", detail: {}, of })),
      ).toBe(0);
  });
});

test("no other file of lib writes into the history of an application", () => {
  const writers = readdirSync("lib", { recursive: true, encoding: "utf8" }).filter(
    (name) =>
      name.endsWith(".ts") &&
      !name.startsWith("db/generated") &&
      /INTO legrand_application_change|applicationChange\.create|changes: \{ create/.test(
        readFileSync(`lib/${name}`, "utf8"),
      ),
  );
  expect(writers).toEqual(["legrand/applications/history.store.ts"]);
});
