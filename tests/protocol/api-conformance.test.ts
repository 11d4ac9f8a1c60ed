import { randomUUID } from "node:crypto";

import { describe, expect, test } from "vitest";

import { digest } from "#lib/crypto/digest.ts";
import { SUBSCRIPTION_KEY_HEADER } from "#lib/legrand/subscriptions/subscription-constants.ts";
import { authorize } from "#tests/factories/authorize.ts";
import { issuer, redeem } from "#tests/factories/client.ts";
import { furnishHome } from "#tests/factories/home-control.ts";
import { makeAccount, type TestAccount } from "#tests/factories/make-account.ts";
import { makeApplication, type TestApplication } from "#tests/factories/make-application.ts";
import {
  findDeviations,
  OPERATIONS,
  requestValidator,
  type LocatedOperation,
} from "#tests/factories/openapi.ts";
import { subscriptionKey } from "#tests/factories/subscription-key.ts";
import { query } from "#tests/harness/database.ts";

const EVERY_SCOPE = [
  "topology.read",
  "comfort.read",
  "comfort.write",
  "light.read",
  "light.write",
  "plug.read",
  "plug.write",
  "automation.read",
  "automation.write",
];
/** The product of a scene that an operation on one product uses. */
const DEVICES = {
  light: "Ceiling light",
  plug: "Floor lamp",
  automation: "Bedroom shutter",
  remote: "General command",
};

/**
 * A person with a home, an application with access to it, the ids for paths, and the ids of products by name.
 */
type Scene = {
  account: TestAccount;
  application: TestApplication;
  accessToken: string;
  ids: Record<string, string>;
  products: Record<string, string>;
};

async function makeScene({
  homes = 1,
  scopes = EVERY_SCOPE,
}: { homes?: number; scopes?: string[] } = {}): Promise<Scene> {
  const [application, account] = [await makeApplication({ scopes }), await makeAccount({ homes })];
  const { code } = await authorize({ application, account, scope: scopes.join(" ") });
  const { body } = await redeem(application, code);
  const [row] = await query<{ plantId: string; moduleId: string }>(
    `SELECT p.id AS "plantId", m.id AS "moduleId" FROM legrand_plant p JOIN legrand_module m ON m.plant_id = p.id WHERE p.account_id = $1::uuid ORDER BY m.position`,
    account.id,
  );
  const products = row ? (await furnishHome(row.plantId)).ids : {};
  return {
    account,
    application,
    accessToken: String(body.access_token),
    products,
    ids: { plantId: randomUUID(), moduleId: randomUUID(), subscriptionId: randomUUID(), ...row },
  };
}

type Sent = {
  method?: string;
  body?: string | null;
  headers?: Record<string, string>;
  /** Headers to leave out. */ omit?: string[];
};

/** Sends the operation as the document describes it, with its first example as the body. */
async function send(
  { address, method, operation }: LocatedOperation,
  { accessToken, ids, products }: Pick<Scene, "accessToken" | "ids" | "products">,
  sent: Sent = {},
): Promise<Response> {
  const example =
    operation.requestBody &&
    JSON.stringify(Object.values(operation.requestBody.content["application/json"].examples)[0]!.value);
  const headers = new Headers({
    authorization: `Bearer ${accessToken}`,
    [SUBSCRIPTION_KEY_HEADER]: await subscriptionKey(),
    ...sent.headers,
  });
  for (const name of sent.omit ?? []) headers.delete(name);
  const product = /^\/hc\/api\/v1\.0\/(light|plug|automation|remote)\//.exec(address)?.[1] as
    keyof typeof DEVICES | undefined;
  const named = {
    ...ids,
    ...(product && products[DEVICES[product]] ? { moduleId: products[DEVICES[product]] } : {}),
  };
  return fetch(
    `${issuer()}/api${address.replace(/\{(\w+)\}/g, (_braces, name: string) => named[name as keyof typeof named]!)}`,
    {
      method: sent.method ?? method.toUpperCase(),
      body: sent.body === undefined ? (example ?? null) : sent.body,
      headers,
    },
  );
}

const operationOf = (id: string) => OPERATIONS.find(({ operation }) => operation.operationId === id)!;
const scopeOf = ({ operation }: LocatedOperation) => operation.security[0].legrand[0];

async function subscribe(scene: Scene): Promise<void> {
  const answer = await send(operationOf("subscribeToPlant"), scene);
  scene.ids.subscriptionId = String(((await answer.json()) as { subscriptionId: string }).subscriptionId);
}

/** Uses up what is left of the key's quota for that person today. */
async function useUpQuota({ account }: Scene): Promise<void> {
  await query(
    `INSERT INTO legrand_subscription_call (subscription_id, day, end_user_id, calls)
    SELECT id, (now() AT TIME ZONE 'UTC')::date, $2::uuid, 500 FROM legrand_subscription WHERE primary_digest = $1
    ON CONFLICT (subscription_id, day, end_user_id) DO UPDATE SET calls = 500`,
    digest(await subscriptionKey()),
    account.id,
  );
}

const suspend = ({ application }: Scene) =>
  query(
    `UPDATE legrand_application SET state = 'suspended' WHERE client_id = $1::uuid RETURNING 1 AS done`,
    application.clientId,
  );

/** Made at the first call, for calls that change nothing or are refused. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

const onlooker = once(() => makeScene());
const withoutQuota = once(async () => {
  const scene = await makeScene();
  await useUpQuota(scene);
  return scene;
});
const suspended = once(async () => {
  const scene = await makeScene();
  await suspend(scene);
  return scene;
});
const somebodyElse = once(async () => {
  const scene = await makeScene();
  await subscribe(scene);
  return scene;
});
// Every application has topology.read, because no person can leave it out.
const without = Object.fromEntries(
  EVERY_SCOPE.slice(1).map((scope) => [
    scope,
    once(() => makeScene({ scopes: EVERY_SCOPE.filter((one) => one !== scope) })),
  ]),
);

/** How to get each status that every operation has. */
const COMMON: Record<string, (located: LocatedOperation) => Promise<Response[]>> = {
  401: async (located) => {
    const scene = await onlooker();
    return [
      await send(located, scene, { omit: [SUBSCRIPTION_KEY_HEADER] }),
      await send(located, scene, { headers: { [SUBSCRIPTION_KEY_HEADER]: randomUUID() } }),
      await send(located, scene, { omit: ["authorization"] }),
      await send(located, scene, { omit: ["authorization", SUBSCRIPTION_KEY_HEADER] }),
      ...(await Promise.all(
        ["Bearer nobody-ever-issued-this-token", "Basic YTpi"].map((authorization) =>
          send(located, scene, { headers: { authorization } }),
        ),
      )),
    ];
  },
  403: async (located) => {
    const tooLittle = without[scopeOf(located)];
    return [
      ...(tooLittle ? [await send(located, await tooLittle())] : []),
      await send(located, await withoutQuota()),
      await send(located, await suspended()),
    ];
  },
  404: async (located) => {
    const [scene, { ids: foreign }] = [await onlooker(), await somebodyElse()];
    const unknown = { plantId: randomUUID(), moduleId: randomUUID(), subscriptionId: randomUUID() };
    const answers = [];
    for (const ids of [unknown, foreign, { plantId: "x", moduleId: "x", subscriptionId: "x" }])
      answers.push(await send(located, { ...scene, ids, products: {} }));
    return answers;
  },
  204: async (located) => [await send(located, await makeScene({ homes: 0 }))],
  200: async (located) => [await send(located, await (located.method === "get" ? onlooker() : makeScene()))],
  201: async (located) => [await send(located, await makeScene())],
};

const unreachable = once(async () => {
  const scene = await makeScene();
  await query(
    `UPDATE legrand_plant SET gateway_online = false WHERE id = $1::uuid RETURNING 1 AS done`,
    scene.ids.plantId!,
  );
  return scene;
});
const whileOffline = async (located: LocatedOperation) => send(located, await unreachable());

const afterSubscribing = async (located: LocatedOperation) => {
  const scene = await makeScene();
  await subscribe(scene);
  return send(located, scene);
};

async function withBodies(located: LocatedOperation, bodies: string[]): Promise<Response[]> {
  const scene = await makeScene();
  return Promise.all(bodies.map((body) => send(located, scene, { body })));
}

const WRONG_SWITCHES = [
  "",
  "{",
  "[]",
  "null",
  "status=maybe",
  "on",
  JSON.stringify({ status: true }),
  JSON.stringify({}),
  "x".repeat(20_000),
];
const WRONG_LEVELS = [
  "",
  "{",
  "[]",
  "level=",
  "level=half",
  ...["101", "-2", "50.5", "null"].map((level) => `{"level":${level}}`),
  JSON.stringify({ ids: ["a"] }),
];
const UNREACHABLE = async (located: LocatedOperation) => [await whileOffline(located)];

const json = (...values: unknown[]) => values.map((value) => JSON.stringify(value));
const setting = (value: unknown) => ({ function: "heating", mode: "manual", setPoint: { value, unit: "C" } });
const MODES = ["automatic", "manual", "boost", "off", "protection"];

/** How to get the statuses that single operations have in addition. */
const OWN: Record<string, Record<string, (located: LocatedOperation) => Promise<Response[]>>> = {
  getStatus: {
    200: async (located) => {
      const scene = await makeScene();
      const answers = [];
      for (const mode of MODES) {
        expect(
          (
            await send(operationOf("setStatus"), scene, {
              body: JSON.stringify({ mode, setPoint: { value: 21, unit: "C" } }),
            })
          ).status,
        ).toBe(200);
        answers.push(await send(located, scene));
      }
      return answers;
    },
    404: async (located) => [...(await COMMON[404]!(located)), await whileOffline(located)],
  },
  setStatus: {
    404: async (located) => [...(await COMMON[404]!(located)), await whileOffline(located)],
    430: (located) =>
      withBodies(located, [
        "",
        "{",
        "[]",
        "null",
        ...json(
          {},
          setting("warm"),
          setting(6.9),
          setting(40.1),
          setting(null),
          { mode: "cosy" },
          { mode: "manual" },
          { mode: "automatic", programs: [{ number: 99 }] },
        ),
      ]),
  },
  getMeasures: { 404: async (located) => [...(await COMMON[404]!(located)), await whileOffline(located)] },
  listPrograms: { 404: async (located) => [...(await COMMON[404]!(located)), await whileOffline(located)] },
  setLight: { 400: (located) => withBodies(located, WRONG_SWITCHES), 406: UNREACHABLE },
  setPlug: { 400: (located) => withBodies(located, WRONG_SWITCHES), 406: UNREACHABLE },
  setAutomation: { 400: (located) => withBodies(located, WRONG_LEVELS), 406: UNREACHABLE },
  getHomeControlState: {
    200: async (located) => [
      await send(located, await onlooker()),
      await send(located, await makeScene({ scopes: ["topology.read"] })),
    ],
  },
  listHomeControlPlants: {
    200: async (located) => [
      await send(located, await onlooker()),
      await send(located, await makeScene({ homes: 0 })),
    ],
  },
  subscribeToPlant: {
    409: async (located) => [await afterSubscribing(located)],
    430: (located) =>
      withBodies(located, [
        "",
        "{",
        ...json(
          {},
          { EndPointUrl: "no address" },
          { EndPointUrl: "http://elsewhere.example/" },
          { EndPointUrl: 7 },
        ),
      ]),
  },
  listSubscriptions: {
    200: async (located) => [await afterSubscribing(located)],
    204: async (located) => [await send(located, await makeScene())],
  },
  unsubscribeFromPlant: { 200: async (located) => [await afterSubscribing(located)] },
};

const DOCUMENTED = OPERATIONS.flatMap((located) =>
  Object.keys(located.operation.responses).map(
    (status) => [located.operation.operationId, Number(status), located] as const,
  ),
);

describe("every documented answer occurs, and matches the document (OpenAPI 3.1)", () => {
  test.each(DOCUMENTED)("%s: %i", async (id, status, located) => {
    const answers = await (OWN[id]?.[status] ?? COMMON[status]!)(located);
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => status));
    expect((await Promise.all(answers.map((answer) => findDeviations(located, answer)))).flat()).toEqual([]);
  });
});

const named = (operations: LocatedOperation[]) =>
  operations.map((located) => [located.operation.operationId, located] as const);

describe("every operation", () => {
  test.each(named(OPERATIONS.filter((located) => scopeOf(located) in without)))(
    "%s: refuses a token with too small a scope, and names the documented scope (RFC 6750 §3)",
    async (_id, located) => {
      const { headers } = await send(located, await without[scopeOf(located)]!());
      expect(headers.get("www-authenticate")).toBe(
        `Bearer error="insufficient_scope", scope="${scopeOf(located)}"`,
      );
    },
  );

  test.each(named(OPERATIONS))(
    "%s: its address accepts exactly the documented methods",
    async (_id, located) => {
      const methods = OPERATIONS.filter(({ path }) => path === located.path).map(({ method }) =>
        method.toUpperCase(),
      );
      const { headers } = await send(located, await onlooker(), { method: "OPTIONS", body: null });
      expect(
        headers
          .get("allow")
          ?.split(", ")
          .filter((method) => !["HEAD", "OPTIONS"].includes(method))
          .sort(),
      ).toEqual(methods.sort());
    },
  );

  test.each(named(OPERATIONS.filter(({ operation }) => operation.requestBody)))(
    "%s: accepts every example of a body",
    async (_id, located) => {
      const scene = await makeScene();
      for (const [name, { value }] of Object.entries(
        located.operation.requestBody!.content["application/json"].examples,
      )) {
        const answer = await send(located, scene, { body: JSON.stringify(value) });
        expect([name, answer.status < 300, requestValidator(located)(value)]).toEqual([name, true, true]);
      }
    },
  );
});

describe("the document at its address", () => {
  const ADDRESS = () => `${issuer()}/apis/openapi.json`;

  test("is read without a session, from every origin, and may be cached", async () => {
    const answer = await fetch(ADDRESS(), { headers: { origin: "https://elsewhere.example" } });
    expect([
      answer.status,
      answer.headers.get("content-type"),
      answer.headers.get("access-control-allow-origin"),
      answer.headers.get("set-cookie"),
    ]).toEqual([200, "application/json", "*", null]);
    expect(answer.headers.get("cache-control")).toMatch(/^public, max-age=\d+$/);
    const document = (await answer.json()) as { servers: { url: string }[]; paths: object };
    expect(document.servers[0]!.url).toBe(`${issuer()}/api/smarther/v2.0`);
    expect(Object.keys(document.paths)).toEqual([...new Set(OPERATIONS.map(({ path }) => path))]);
  });

  test("is 304 for a client that has the current version (RFC 9110 §13.1.2)", async () => {
    const etag = (await fetch(ADDRESS())).headers.get("etag")!;
    const again = await fetch(ADDRESS(), { headers: { "if-none-match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  test("is linked from the base of the API (RFC 8631)", async () => {
    const answer = await fetch(`${issuer()}/api/smarther/v2.0`);
    expect((await answer.json()) as unknown).toMatchObject({
      openapi: ADDRESS(),
      documentation: `${issuer()}/apis`,
    });
    expect(answer.headers.get("link")).toContain(`<${ADDRESS()}>; rel="service-desc"`);
  });
});
