import { randomUUID } from "node:crypto";

import { describe, expect, test } from "vitest";

import { openConsent } from "#tests/factories/authorize.ts";
import { Browser, testOrigin } from "#tests/factories/browser.ts";
import { callApi, callHomeControl, refresh } from "#tests/factories/client.ts";
import { furnishHome, type FurnishedHome } from "#tests/factories/home-control.ts";
import { thermostatPath, type TestHome } from "#tests/factories/homes.ts";
import { hiddenFields, offeredHomes, offeredScopes, textOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { readMails, signInToPortal } from "#tests/factories/portal.ts";
import {
  acceptHomes,
  askAgain,
  decideOn,
  share,
  storedHomes,
  type Sharing,
} from "#tests/factories/shared-homes.ts";
import { startEndPoint } from "#tests/factories/start-end-point.ts";
import { findGrant } from "#tests/factories/stored.ts";
import { subscriptionKey } from "#tests/factories/subscription-key.ts";
import { SANDBOX_ENDPOINTS } from "#lib/legrand/endpoints.ts";
import { SUBSCRIPTION_KEY_HEADER } from "#lib/legrand/subscriptions/subscription-constants.ts";
import { query } from "#tests/harness/database.ts";

const PAGE = "/legrand/third-party-access";
const REVIEW = { scope: "topology.read comfort.read comfort.write", grant_management_action: "replace" };
const SHOWN = { homes: "shown" };
const first = (homes: TestHome[]) => homes.slice(0, 1);

const idsOf = (homes: TestHome[]) => homes.map(({ plantId }) => plantId);

/** Returns the ids of the homes that the application sees, by both APIs, which have to agree. */
async function seenBy(token: string): Promise<string[]> {
  const response = await callApi(token);
  const smarther = response.status === 204 ? [] : ((await response.json()) as Plants).plants;
  const homeControl = ((await (await callHomeControl(token, "/plants")).json()) as Plants).plants;
  expect(homeControl.map(({ id }) => id)).toEqual(smarther.map(({ id }) => id));
  return smarther.map(({ id }) => id);
}
type Plants = { plants: { id: string }[] };

const addHome = async ({ account }: Sharing, name: string): Promise<string> => {
  const [row] = await query<{ id: string }>(
    `INSERT INTO legrand_plant (id, account_id, name, type) VALUES (gen_random_uuid(), $1::uuid, $2, 'home') RETURNING id::text`,
    account.id,
    name,
  );
  return row!.id;
};
const deleteHome = (plantId: string) =>
  query(`DELETE FROM legrand_plant WHERE id = $1::uuid RETURNING 1 AS done`, plantId);

const saveHomes = (
  browser: Browser,
  clientId: string,
  home: string[],
  headers: Record<string, string> = {},
) => browser.post(`${PAGE}/${clientId}/homes`, { homes: "shown", home }, headers);

describe("consent asks a person with several homes which of them the application may see", () => {
  test("all are ticked at first, and the form says that they were shown", async () => {
    const account = await makeAccount({ homes: ["Alp", "Baita"] });
    const { page } = await openConsent(await makeApplication({ name: "Thermo" }), account);
    expect(Object.values(offeredHomes(page.text))).toEqual([true, true]);
    expect(hiddenFields(page.text)).toMatchObject(SHOWN);
    expect(textOf(page.text)).toMatch(/Homes that Thermo may see .* Alp Baita/);
  });

  test.each([0, 1])(
    "a person with %i homes sees no choice, and shares all, also later ones",
    async (homes) => {
      const account = await makeAccount({ homes });
      const { page } = await openConsent(await makeApplication(), account);
      expect(offeredHomes(page.text)).toEqual({});
      expect(hiddenFields(page.text)).not.toHaveProperty("homes");
    },
  );

  test("a post without any field about homes means all, as programs send it", async () => {
    const sharing = await share(["Alp", "Baita"], null);
    expect(await storedHomes(sharing)).toBeNull();
    expect(await seenBy(sharing.token)).toEqual(idsOf(sharing.homes));
  });

  test("all ticked means all homes, including later ones; a chosen one does not include a later one", async () => {
    const [all, one] = [
      await share(["Alp", "Baita"], (homes) => homes),
      await share(["Alp", "Baita"], first),
    ];
    expect([await storedHomes(all), await storedHomes(one)]).toEqual([null, idsOf(first(one.homes))]);
    const later = await addHome(all, "Chalet");
    await addHome(one, "Chalet");
    expect(await seenBy(all.token)).toEqual([...idsOf(all.homes), later]);
    expect(await seenBy(one.token)).toEqual(idsOf(first(one.homes)));
  });

  test("none ticked is an error: nothing is granted, the question stays with its ticked scopes, and it can be answered", async () => {
    const [application, account] = [await makeApplication(), await makeAccount({ homes: ["Alp", "Baita"] })];
    const { browser, page } = await openConsent(application, account, {
      scope: "topology.read comfort.read comfort.write",
    });
    const scope = ["topology.read", "comfort.write"];
    for (let round = 0; round < 2; round++) {
      const refused = await decideOn(browser, page, { ...SHOWN, scope });
      expect([refused.status, refused.location]).toEqual([303, page.url]);
    }
    const again = await browser.open(page.url);
    expect(textOf(again.text)).toContain("Choose at least one home, or deny.");
    expect(Object.values(offeredHomes(again.text))).toEqual([false, false]);
    const ticked = offeredScopes(again.text).filter(({ checked }) => checked);
    expect(ticked.map(({ name }) => name).sort()).toEqual(["comfort.write", "topology.read"]);
    expect(await findGrant(account.id, application.clientId)).toBeNull();
    const [home] = Object.keys(offeredHomes(again.text));
    const { token } = await acceptHomes(application, browser, again, { ...SHOWN, home: [home!], scope });
    expect(await seenBy(token)).toEqual([home]);
    expect(await readMails(account.email), "no mail for the refused ones").toHaveLength(1);
  });

  test("Deny needs no home", async () => {
    const [application, account] = [await makeApplication(), await makeAccount({ homes: 2 })];
    const { browser, page } = await openConsent(application, account);
    const answer = await decideOn(browser, page, { ...SHOWN, decision: "deny" });
    const callback = await browser.follow(answer, [application.replyUrl]);
    expect(new URL(callback.location!).searchParams.get("error")).toBe("access_denied");
  });

  test("a double click on Accept continues", async () => {
    const [application, account] = [await makeApplication(), await makeAccount({ homes: 2 })];
    const { browser, page } = await openConsent(application, account);
    const home = Object.keys(offeredHomes(page.text)).slice(0, 1);
    for (let click = 0; click < 2; click++) {
      const answer = await browser.follow(await decideOn(browser, page, { ...SHOWN, home }), [
        application.replyUrl,
      ]);
      expect(answer.location).toContain("code=");
    }
  });

  test("an id that is no home of the person is never stored, and is no choice by itself", async () => {
    const other = await share(["Theirs"], null);
    const foreign = [other.homes[0]!.plantId, randomUUID(), "x", ""];
    const [application, account] = [await makeApplication(), await makeAccount({ homes: ["Alp", "Baita"] })];
    const { browser, page } = await openConsent(application, account);
    for (const fields of [SHOWN, {}]) {
      const refused = await decideOn(browser, page, { ...fields, home: foreign });
      expect(refused.location).toBe(page.url);
    }
    expect(await findGrant(account.id, application.clientId)).toBeNull();
    const [own] = Object.keys(offeredHomes(page.text));
    const { token } = await acceptHomes(application, browser, page, { home: [...foreign, own!] });
    const sharing = { ...other, application, account, token };
    expect(await storedHomes(sharing)).toEqual([own]);
    expect(await seenBy(token)).toEqual([own]);
  });

  test.each([["merge"], ["replace"]])(
    "a later consent (%s) shows what is chosen now, and changes it",
    async (grant_management_action) => {
      const sharing = await share(["Alp", "Baita"], first);
      const [alp, baita] = idsOf(sharing.homes);
      const { browser, page } = await askAgain(sharing, {
        ...REVIEW,
        grant_management_action,
        prompt: "consent",
      });
      expect(offeredHomes(page.text)).toEqual({ [alp!]: true, [baita!]: false });
      await acceptHomes(sharing.application, browser, page, { ...SHOWN, home: [baita!] });
      expect(await seenBy(sharing.token), "a token from before").toEqual([baita]);
      const again = await askAgain(sharing, REVIEW);
      await acceptHomes(sharing.application, browser, again.page, { ...SHOWN, home: [alp!, baita!] });
      expect(await storedHomes(sharing)).toBeNull();
    },
  );

  test("if the chosen homes are deleted, the application sees none, and the person can share the one that is left", async () => {
    const sharing = await share(["Alp", "Baita"], first);
    const [alp, baita] = idsOf(sharing.homes);
    await deleteHome(alp!);
    expect(await seenBy(sharing.token)).toEqual([]);
    expect(textOf((await sharing.browser.open(PAGE)).text)).toContain("It can see: None of your homes");
    const { browser, page } = await askAgain(sharing, REVIEW);
    expect(offeredHomes(page.text)).toEqual({ [baita!]: false });
    await acceptHomes(sharing.application, browser, page, { ...SHOWN, home: [baita!] });
    expect(await seenBy(sharing.token)).toEqual([baita]);
  });
});

type Furnished = TestHome & FurnishedHome;
const PRODUCTS: Record<string, string> = {
  automation: "Living room shutter",
  light: "Ceiling light",
  plug: "Floor lamp",
  remote: "General command",
};
const SCOPES = [
  "topology.read",
  ...["comfort", "automation", "light", "plug"].flatMap((family) => [`${family}.read`, `${family}.write`]),
];

/** Each operation that names a home. Every pattern is one that the server answers, so a new one is here too. */
const PATTERNS = Object.keys(SANDBOX_ENDPOINTS).filter((pattern) => pattern.includes("[plantId]"));

/** Returns the body that the operation needs to succeed. A new POST needs an entry. */
function bodyFor(pattern: string): string {
  if (pattern.includes("/subscription"))
    return JSON.stringify({ EndPointUrl: "https://thermo.example/notifications" });
  if (pattern.includes("chronothermostat"))
    return JSON.stringify({ function: "heating", mode: "manual", setPoint: { value: 21, unit: "C" } });
  if (pattern.includes("/automation/")) return JSON.stringify({ level: 40 });
  return JSON.stringify({ status: "on" });
}

/** Returns the address of the operation for that home, with what is in `of`. */
function addressFor(pattern: string, of: Furnished, plantId: string, subscriptionId: string): string {
  const family = /v1\.0\/(\w+)\//.exec(pattern)?.[1];
  const moduleId = family && family in PRODUCTS ? of.ids[PRODUCTS[family]!]! : of.moduleIds[0]!;
  const address = pattern
    .replace("[plantId]", plantId)
    .replace("[moduleId]", moduleId)
    .replace("[subscriptionId]", subscriptionId);
  expect(address).not.toContain("[");
  return testOrigin() + address;
}

async function furnished(sharing: Sharing): Promise<Furnished[]> {
  return Promise.all(sharing.homes.map(async (home) => ({ ...home, ...(await furnishHome(home.plantId)) })));
}

describe("a home that is not shared is a home that does not exist, in every operation", () => {
  test("there are operations to check", () => {
    expect(PATTERNS.length).toBeGreaterThanOrEqual(12);
  });

  test.each(PATTERNS)("%s, for tokens from before and after the change", async (pattern) => {
    const sharing = await share(["Alp", "Baita"], (homes) => homes, { scopes: SCOPES });
    const [shared, other] = (await furnished(sharing)) as [Furnished, Furnished];
    const allow = (
      await fetch(addressFor(pattern, shared, shared.plantId, randomUUID()), { method: "OPTIONS" })
    ).headers
      .get("allow")!
      .split(", ");
    const methods = ["GET", "POST", "DELETE"].filter((method) => allow.includes(method));
    expect(methods).not.toEqual([]);
    const key = await subscriptionKey();
    const subscriptions: Record<string, string> = {};
    const call = async (token: string, method: string, of: Furnished, plantId = of.plantId) => {
      const response = await fetch(
        addressFor(pattern, of, plantId, subscriptions[of.plantId] ?? randomUUID()),
        {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            [SUBSCRIPTION_KEY_HEADER]: key,
            "content-type": "application/json",
          },
          ...(method === "POST" ? { body: bodyFor(pattern) } : {}),
        },
      );
      const headers = Object.fromEntries(
        [...response.headers].filter(([name]) => !["date", "x-request-id"].includes(name)),
      );
      return { status: response.status, headers, text: await response.text() };
    };
    const subscribe = async ({ plantId }: Furnished) => {
      await query(
        `DELETE FROM legrand_notification_subscription WHERE plant_id = $1::uuid RETURNING 1 AS done`,
        plantId,
      );
      if (!pattern.includes("[subscriptionId]")) return;
      subscriptions[plantId] = randomUUID();
      await query(
        `INSERT INTO legrand_notification_subscription (id, plant_id, account_id, client_id, end_point_url, created_at)
         VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, 'https://thermo.example/', now()) RETURNING 1 AS done`,
        subscriptions[plantId],
        plantId,
        sharing.account.id,
        sharing.application.clientId,
      );
    };
    for (const method of methods) {
      await subscribe(other);
      expect((await call(sharing.token, method, other)).status, "while it is shared").toBeLessThan(300);
    }

    expect((await saveHomes(sharing.browser, sharing.application.clientId, [shared.plantId])).status).toBe(
      303,
    );
    const after = String((await refresh(sharing.application, sharing.refreshToken)).body.access_token);
    const before = await contentsOf(other.plantId);
    for (const method of methods) {
      for (const token of [sharing.token, after]) {
        // As if the deletion had missed a row: the operation finds nothing even then.
        await subscribe(other);
        const hidden = await call(token, method, other);
        expect(hidden.status).toBe(404);
        expect(hidden).toEqual(await call(token, method, other, randomUUID()));
        expect(hidden).toEqual(await call(token, method, other, "no-uuid"));
        await subscribe(shared);
        expect((await call(token, method, shared)).status, "the shared home").toBeLessThan(300);
      }
    }
    expect(await contentsOf(other.plantId), "nothing in it was changed").toEqual(before);
  });

  /** Returns what is in a home: its thermostats and its products. */
  const contentsOf = (plantId: string) =>
    query(
      `SELECT to_jsonb(m)::text AS row FROM legrand_module m WHERE plant_id = $1::uuid
       UNION ALL SELECT to_jsonb(p)::text FROM legrand_product p WHERE plant_id = $1::uuid ORDER BY 1`,
      plantId,
    );
});

describe("notifications of a home that is no longer shared end at once", () => {
  const subscribe = (token: string, plantId: string, url: string) =>
    callApi(token, `/plants/${plantId}/subscription`, {
      method: "POST",
      body: JSON.stringify({ EndPointUrl: url }),
    });
  const listed = async (token: string) => {
    const response = await callApi(token, "/subscription");
    return response.status === 204
      ? []
      : ((await response.json()) as { plantId: string }[]).map(({ plantId }) => plantId).sort();
  };

  test.each([
    ["under Third-party access", false],
    ["by a consent", true],
  ])(
    "%s: its subscription is gone, another home's stays, and nothing more is sent",
    async (_way, byConsent) => {
      const endPoint = await startEndPoint();
      try {
        const sharing = await share(["Alp", "Baita"], null);
        const [alp, baita] = sharing.homes as [TestHome, TestHome];
        for (const { plantId } of [alp, baita])
          expect((await subscribe(sharing.token, plantId, endPoint.url)).status).toBe(201);
        if (byConsent) {
          const { browser, page } = await askAgain(sharing, REVIEW);
          await acceptHomes(sharing.application, browser, page, { ...SHOWN, home: [alp.plantId] });
        } else await saveHomes(sharing.browser, sharing.application.clientId, [alp.plantId]);
        expect(await listed(sharing.token)).toEqual([alp.plantId]);
        // Another application of the same person changes both homes.
        const application = await makeApplication();
        const { browser, page } = await openConsent(
          application,
          sharing.account,
          { scope: "topology.read comfort.write" },
          sharing.browser,
        );
        const { token } = await acceptHomes(application, browser, page, {});
        for (const home of [baita, alp]) {
          const set = await callApi(token, thermostatPath(home), {
            method: "POST",
            body: JSON.stringify({ function: "heating", mode: "manual", setPoint: { value: 22, unit: "C" } }),
          });
          expect(set.status).toBe(200);
        }
        const [only, ...more] = await endPoint.got(1);
        expect(more).toEqual([]);
        expect(JSON.stringify(only)).toContain(alp.plantId);
        await saveHomes(sharing.browser, sharing.application.clientId, [alp.plantId, baita.plantId]);
        expect(await listed(sharing.token), "shared again, it stays ended").toEqual([alp.plantId]);
      } finally {
        await endPoint.stop();
      }
    },
  );

  test("a subscription that races with the withdrawal never remains", async () => {
    const sharing = await share(["Alp", "Baita"], null);
    const [alp, baita] = idsOf(sharing.homes) as [string, string];
    for (let round = 0; round < 12; round++) {
      await saveHomes(sharing.browser, sharing.application.clientId, [alp, baita]);
      const [made] = await Promise.all([
        subscribe(sharing.token, baita, "https://thermo.example/"),
        saveHomes(sharing.browser, sharing.application.clientId, [alp]),
      ]);
      expect([201, 404]).toContain(made.status);
      const rows = await query(
        `SELECT 1 AS row FROM legrand_notification_subscription WHERE plant_id = $1::uuid`,
        baita,
      );
      expect(rows).toEqual([]);
    }
  });
});

describe("Third-party access says and changes which homes an application may see", () => {
  test("all homes, or their names; a person with one home has no choice", async () => {
    const [all, one, single] = [
      await share(["Alp", "Baita"], null),
      await share(["Alp", "Baita", "Chalet"], (homes) => homes.slice(1)),
      await share(["Alp"], null),
    ];
    const read = async ({ browser }: Sharing) => (await browser.open(PAGE)).text;
    expect(textOf(await read(all))).toContain("It can see: All homes, including later ones");
    expect(textOf(await read(one))).toContain("It can see: Baita and Chalet");
    expect(Object.values(offeredHomes(await read(one)))).toEqual([false, true, true]);
    const text = await read(single);
    expect(textOf(text)).toContain("It can see: All homes, including later ones");
    expect([offeredHomes(text), textOf(text).includes("Save homes")]).toEqual([{}, false]);
  });

  test("Save homes takes and gives, for the tokens that exist, and says so", async () => {
    const sharing = await share(["Alp", "Baita"], null);
    const { browser, application } = sharing;
    const [alp, baita] = idsOf(sharing.homes) as [string, string];
    expect((await saveHomes(browser, application.clientId, [baita])).location).toMatch(/third-party-access$/);
    expect(textOf((await browser.open(PAGE)).text)).toContain(`${application.name} can now see: Baita.`);
    expect(await seenBy(sharing.token)).toEqual([baita]);
    await saveHomes(browser, application.clientId, [alp, baita]);
    expect(textOf((await browser.open(PAGE)).text)).toContain(
      `${application.name} can now see all your homes, including later ones.`,
    );
    expect(await seenBy(sharing.token)).toEqual([alp, baita]);
    expect(await storedHomes(sharing)).toBeNull();
    const granted = await findGrant(sharing.account.id, application.clientId);
    expect(granted!.granted, "scopes stay").toEqual(["comfort.read", "comfort.write", "topology.read"]);
  });

  test("none ticked, or only ids of others, is an error at the application's homes and changes nothing", async () => {
    const sharing = await share(["Alp", "Baita"], first);
    const other = await share(["Theirs"], null);
    const { browser, application } = sharing;
    for (const home of [[], [other.homes[0]!.plantId], ["x"]]) {
      expect((await saveHomes(browser, application.clientId, home)).status).toBe(303);
      const page = await browser.open(PAGE);
      expect(textOf(page.text)).toContain(
        `Choose at least one home for ${application.name}, or remove its access.`,
      );
      expect(page.text).toContain(`href="#homes-${application.clientId}"`);
      expect(Object.values(offeredHomes(page.text)), "as the form was sent").toEqual([false, false]);
      expect(await storedHomes(sharing)).toEqual(idsOf(first(sharing.homes)));
    }
  });

  test("is refused without a session, from another site, and for another person’s access", async () => {
    const sharing = await share(["Alp", "Baita"], null);
    const { browser, application } = sharing;
    const home = idsOf(first(sharing.homes));
    expect((await saveHomes(new Browser(), application.clientId, home)).location).toContain("/sign-in");
    for (const headers of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }])
      expect(
        (await saveHomes(browser, application.clientId, home, headers as unknown as Record<string, string>))
          .status,
      ).toBe(403);
    const stranger = (await signInToPortal()).browser;
    for (const clientId of [application.clientId, randomUUID(), "no-uuid"])
      expect(await saveHomes(stranger, clientId, home)).toMatchObject({ status: 404 });
    expect(await storedHomes(sharing)).toBeNull();
  });
});

describe("mail: the person gets a receipt of each change of the homes (decision 19)", () => {
  const mailsOf = async ({ account }: Sharing, count: number) => {
    const mails = await readMails(account.email, count);
    expect(mails).toHaveLength(count);
    return Object.fromEntries(mails.map(({ subject, text }) => [subject, text]));
  };

  test("a first consent names the homes if there was a choice", async () => {
    const [all, one, single] = [
      await share(["Alp", "Baita"], null),
      await share(["Alp", "Baita"], first),
      await share(["Alp"], null),
    ];
    const textTo = async (sharing: Sharing) => Object.values(await mailsOf(sharing, 1))[0]!;
    expect(await textTo(all)).toContain("It can see:\n– Alp\n– Baita\n– Homes that you add later");
    expect(await textTo(one)).toMatch(/It can see:\n– Alp\n\n/);
    expect(await textTo(single)).not.toContain("It can see:");
  });

  test("a change under Third-party access says what the application can see, and no longer; saving the same says nothing", async () => {
    const sharing = await share(["Alp", "Baita"], null);
    const { browser, application } = sharing;
    const [alp, baita] = idsOf(sharing.homes) as [string, string];
    for (const home of [[alp], [alp], [baita], [alp, baita]])
      await saveHomes(browser, application.clientId, home);
    const mails = await mailsOf(sharing, 4);
    const [less, changed, more] = [
      `${application.name} has less access to your Legrand home`,
      `The access of ${application.name} to your Legrand home has changed`,
      `${application.name} has more access to your Legrand home`,
    ].map((subject) => mails[subject]!);
    expect(less).toContain("It can no longer see:\n– Baita\n– Homes that you add later");
    expect(less).not.toContain("It can now");
    expect(changed).toMatch(/It can now see:\n– Baita\n.*It can no longer see:\n– Alp\n/s);
    expect(more).toContain("It can now see:\n– Alp\n– Homes that you add later");
    for (const text of [less, changed, more])
      expect(text).toContain(`You changed which of your homes ${application.name} may see.`);
  });

  test("a consent that changes scopes and homes says both", async () => {
    const sharing = await share(["Alp", "Baita"], null);
    const { browser, page } = await askAgain(sharing, REVIEW);
    await acceptHomes(sharing.application, browser, page, {
      ...SHOWN,
      scope: ["topology.read", "comfort.read"],
      home: [sharing.homes[1]!.plantId],
    });
    const mails = await mailsOf(sharing, 2);
    expect(mails[`${sharing.application.name} has less access to your Legrand home`]).toMatch(
      /It can no longer:\n– Change your heating\n.*It can no longer see:\n– Alp\n– Homes that you add later/s,
    );
  });
});
