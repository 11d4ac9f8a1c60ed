import { randomUUID } from "node:crypto";

import { beforeAll, describe, expect, test } from "vitest";

import { callHomeControl, connect, issuer } from "#tests/factories/client.ts";
import { furnishFirstHome, productPath, type FurnishedHome } from "#tests/factories/home-control.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { query } from "#tests/harness/database.ts";

const FAMILIES = ["light", "plug", "automation"].flatMap((family) => [`${family}.read`, `${family}.write`]);
const ALL = ["topology.read", ...FAMILIES];
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const JSON_TYPE = { "content-type": "application/json" };

type Resident = { token: string; home: FurnishedHome; accountId: string };

/** Makes a person with a furnished home, and a token with those scopes. */
async function moveIn(scopes = ALL): Promise<Resident> {
  const { tokens, account } = await connect({ scopes, scope: scopes.join(" ") });
  return { token: tokens.access_token, home: await furnishFirstHome(account.id), accountId: account.id };
}

const errors = (status: number, internalMessage: string) => ({
  errors: [{ userMessage: expect.any(String), internalMessage, code: status }],
});
const readJson = async (response: Response) => ({
  status: response.status,
  body: (await response.json()) as Record<string, unknown>,
});
const get = async ({ token }: Pick<Resident, "token">, path: string) =>
  readJson(await callHomeControl(token, path));
const post = (
  { token }: Pick<Resident, "token">,
  path: string,
  body: BodyInit,
  headers: Record<string, string> = {},
) => callHomeControl(token, path, { method: "POST", body, headers });

let resident: Resident;
beforeAll(async () => {
  resident = await moveIn();
});

const CEILING = () => productPath(resident.home, "light/lighting", "Ceiling light");
const LAMP = () => productPath(resident.home, "plug/energy", "Floor lamp");
const SHUTTER = () => productPath(resident.home, "automation/automation", "Bedroom shutter");
const REMOTE = () => productPath(resident.home, "remote/remote", "General command");

describe("what can be read (Legrand, Home + Control API v1.0)", () => {
  test("the homes with their country, with or without a slash at the end", async () => {
    const plants = { plants: [{ id: resident.home.plantId, name: "Home 1", country: "FR" }] };
    for (const path of ["/plants", "/plants/"])
      expect(await get(resident, path)).toEqual({ status: 200, body: plants });
  });

  test("the topology: rooms with their products, and the products without a room", async () => {
    const { body } = await get(resident, `/plants/${resident.home.plantId}/topology`);
    const { ids } = resident.home;
    expect(body).toEqual({
      plant: {
        id: resident.home.plantId,
        ambients: [
          {
            id: expect.any(String),
            name: "Living room",
            type: "livingroom",
            modules: [
              { id: ids["Ceiling light"], name: "Ceiling light", hw_type: "NLF", device: "light" },
              { id: ids["Floor lamp"], name: "Floor lamp", hw_type: "NLP", type: "other", device: "plug" },
              {
                id: ids["Living room shutter"],
                name: "Living room shutter",
                hw_type: "NBR",
                device: "automation",
              },
            ],
          },
          {
            id: expect.any(String),
            name: "Bedroom",
            type: "bedroom",
            modules: [
              { id: ids["Bedside lamp"], name: "Bedside lamp", hw_type: "NLL", device: "light" },
              { id: ids["Bedroom shutter"], name: "Bedroom shutter", hw_type: "NBR", device: "automation" },
            ],
          },
        ],
        modules: [{ id: ids["General command"], name: "General command", hw_type: "NLT", device: "remote" }],
      },
    });
  });

  test("one product by its kind, with numbers as JSON numbers and times in UTC with the offset", async () => {
    const sender = (name: string) => ({ plant: { module: { id: resident.home.ids[name] } } });
    const consumptions = (value: number) => [
      {
        unit: "watt",
        value,
        timestamp: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+00:00$/),
      },
    ];
    expect((await get(resident, CEILING())).body).toEqual({
      lights: [
        {
          reachable: true,
          status: "off",
          fw: 46,
          consumptions: consumptions(0),
          sender: sender("Ceiling light"),
        },
      ],
    });
    expect((await get(resident, LAMP())).body).toEqual({
      plugs: [
        {
          reachable: true,
          status: "on",
          fw: 42,
          consumptions: consumptions(9),
          sender: sender("Floor lamp"),
        },
      ],
    });
    expect((await get(resident, SHUTTER())).body).toEqual({
      automations: [{ reachable: true, level: 0, step: 100, fw: 16, sender: sender("Bedroom shutter") }],
    });
    expect((await get(resident, REMOTE())).body).toEqual({
      remotes: [{ reachable: true, battery: "full", fw: 36, sender: sender("General command") }],
    });
  });

  test("the meter's reading as the home's total, and heaters listed beside it", async () => {
    const own = await moveIn();
    await query(
      `INSERT INTO legrand_product (id, plant_id, position, name, device, hw_type, firmware, is_on, watts)
      VALUES ($1::uuid, $3::uuid, 20, 'Meter', 'energymeter', 'NLPC', 47, true, 100), ($2::uuid, $3::uuid, 21, 'Heater', 'heater', 'NLC', 38, true, 1000) RETURNING 1 AS done`,
      randomUUID(),
      randomUUID(),
      own.home.plantId,
    );
    const state = async () =>
      (await get(own, `/plants/${own.home.plantId}`)).body as {
        modules: Record<string, [{ consumptions: [{ value: number }] }]>;
      };
    expect((await state()).modules.energymeters![0].consumptions[0].value).toBe(100 + 9 + 1000);
    expect((await state()).modules.heaters![0].consumptions[0].value).toBe(1000);
    expect(
      (await post(own, productPath(own.home, "light/lighting", "Ceiling light"), "status=on", FORM)).status,
    ).toBe(200);
    expect((await state()).modules.energymeters![0].consumptions[0].value).toBe(100 + 9 + 1000 + 40);
  });

  test("the state of all products, with an empty list for a family without its scope; the rest needs topology.read alone", async () => {
    const countsOf = async ({ token, home }: Resident) => {
      const { status, body } = await get({ token }, `/plants/${home.plantId}`);
      return [
        status,
        Object.fromEntries(
          Object.entries(body.modules as Record<string, unknown[]>).map(([name, list]) => [
            name,
            list.length,
          ]),
        ),
      ];
    };
    const every = { lights: 2, plugs: 1, automations: 2, energymeters: 0, remotes: 1, heaters: 0 };
    expect(await countsOf(resident)).toEqual([200, every]);
    expect(await countsOf(await moveIn(["topology.read", "plug.read", "light.write"]))).toEqual([
      200,
      { ...every, lights: 0, automations: 0 },
    ]);
  });
});

describe("what can be set", () => {
  const multipart = (name: string, value: string) => {
    const form = new FormData();
    form.set(name, value);
    return form;
  };

  test.each<[string, () => BodyInit, Record<string, string>]>([
    ["a form (application/x-www-form-urlencoded)", () => "status=on", FORM],
    ["JSON", () => JSON.stringify({ status: "on" }), JSON_TYPE],
    ["JSON that is called a form, as curl -d sends it", () => JSON.stringify({ status: "ON" }), FORM],
    ["a form without a type", () => new Blob(["status=on"]), {}],
    ["multipart/form-data", () => multipart("status", "on"), {}],
  ])("switches a light and a plug by %s", async (_name, body, headers) => {
    for (const [path, family] of [
      [CEILING(), "lights"],
      [LAMP(), "plugs"],
    ] as const) {
      expect((await post(resident, path, JSON.stringify({ status: "off" }), JSON_TYPE)).status).toBe(200);
      const answer = await post(resident, path, body(), headers);
      expect([answer.status, await answer.text()]).toEqual([200, ""]);
      expect((await get(resident, path)).body).toMatchObject({ [family]: [{ status: "on" }] });
    }
  });

  test.each<[string, string, Record<string, string>, number]>([
    [
      "JSON with ids, as clients of the real API send them",
      JSON.stringify({ ids: ["string"], level: 30 }),
      JSON_TYPE,
      30,
    ],
    ["a form", "level=70", FORM, 70],
  ])(
    "moves a shutter to the level of %s, and -1 stops it where it is",
    async (_name, body, headers, target) => {
      const own = await moveIn();
      const path = productPath(own.home, "automation/automation", "Bedroom shutter");
      expect((await post(own, path, body, headers)).status).toBe(200);
      const read = async () =>
        (
          await query<{ level: number; target: number }>(
            `SELECT level, target_level AS target FROM legrand_product WHERE id = $1::uuid`,
            own.home.ids["Bedroom shutter"],
          )
        )[0]!;
      expect((await read()).target).toBe(target);
      expect((await post(own, path, "level=-1", FORM)).status).toBe(200);
      const stopped = await read();
      expect(stopped.target).toBe(stopped.level);
      expect((await get(own, path)).body).toMatchObject({
        automations: [{ level: Math.round(stopped.level) }],
      });
    },
  );

  test("accepts ten settings of one shutter at once, and one that is sent after them counts", async () => {
    const own = await moveIn();
    const path = productPath(own.home, "automation/automation", "Bedroom shutter");
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => post(own, path, `level=${index * 10}`, FORM)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect((await post(own, path, "level=100", FORM)).status).toBe(200);
    expect(
      await query(
        `SELECT target_level::int AS target FROM legrand_product WHERE id = $1::uuid`,
        own.home.ids["Bedroom shutter"],
      ),
    ).toEqual([{ target: 100 }]);
  });

  test("refuses an invalid value with the valid ones (400), and changes nothing", async () => {
    expect(await readJson(await post(resident, LAMP(), "status=maybe", FORM))).toEqual({
      status: 400,
      body: errors(400, "Wrong parameters: status has to be on or off"),
    });
    expect(await readJson(await post(resident, SHUTTER(), '{"level":101}', JSON_TYPE))).toEqual({
      status: 400,
      body: errors(400, "Wrong parameters: level has to be a whole number from 0 to 100, or -1 to stop"),
    });
    expect(await readJson(await post(resident, SHUTTER(), "{", JSON_TYPE))).toEqual({
      status: 400,
      body: errors(400, "Wrong parameters: the body is neither JSON nor a form, in UTF-8"),
    });
    expect((await get(resident, SHUTTER())).body).toMatchObject({ automations: [{ level: 0 }] });
  });

  test("reads an unreachable product with its last state, and refuses to set it (406)", async () => {
    const own = await moveIn();
    const path = productPath(own.home, "plug/energy", "Floor lamp");
    await query(
      `UPDATE legrand_plant SET gateway_online = false WHERE id = $1::uuid RETURNING 1 AS done`,
      own.home.plantId,
    );
    expect((await get(own, path)).body).toMatchObject({ plugs: [{ reachable: false, status: "on" }] });
    expect(await readJson(await post(own, path, "status=off", FORM))).toEqual({
      status: 406,
      body: errors(406, "The module is not reachable"),
    });
    await query(
      `UPDATE legrand_plant SET gateway_online = true WHERE id = $1::uuid RETURNING 1 AS done`,
      own.home.plantId,
    );
    expect((await get(own, path)).body).toMatchObject({ plugs: [{ reachable: true, status: "on" }] });
  });
});

describe("refusals", () => {
  test("the gateway's refusals are those of every API: a missing key, a missing token, an exhausted quota (statusCode)", async () => {
    const own = await moveIn();
    const url = `${issuer()}/api/hc/api/v1.0/plants`;
    expect(
      await readJson(await fetch(url, { headers: { authorization: `Bearer ${own.token}` } })),
    ).toMatchObject({
      status: 401,
      body: { statusCode: 401, message: expect.stringContaining("missing subscription key") },
    });
    expect(
      await readJson(
        await callHomeControl("", "/plants", {
          headers: { authorization: "Bearer nobody-ever-issued-this-token" },
        }),
      ),
    ).toMatchObject({ status: 401, body: { statusCode: 401 } });
    expect((await get(own, "/plants")).status).toBe(200);
    // Both APIs share one quota, counted for each end user.
    await query(
      `UPDATE legrand_subscription_call SET calls = 500 WHERE end_user_id = $1::uuid RETURNING 1 AS done`,
      own.accountId,
    );
    expect(await readJson(await callHomeControl(own.token, "/plants"))).toMatchObject({
      status: 403,
      body: { statusCode: 403, message: expect.stringContaining("Out of call volume quota") },
    });
  });

  test("a token without the scope is refused in this API's format, and changes nothing", async () => {
    const own = await moveIn(["topology.read", "light.read", "automation.read"]);
    const refused = async (kind: string, name: string, body: string) =>
      readJson(await post(own, productPath(own.home, kind, name), body, FORM));
    expect(await refused("light/lighting", "Ceiling light", "status=on")).toEqual({
      status: 403,
      body: errors(403, "The access token does not have the scope light.write."),
    });
    expect(await refused("automation/automation", "Bedroom shutter", "level=100")).toEqual({
      status: 403,
      body: errors(403, "The access token does not have the scope automation.write."),
    });
    expect(await get(own, productPath(own.home, "plug/energy", "Floor lamp"))).toEqual({
      status: 403,
      body: errors(403, "The access token does not have the scope plug.read."),
    });
    expect(
      await query(
        `SELECT name FROM legrand_product WHERE plant_id = $1::uuid AND (target_level <> level OR is_on <> (name = 'Floor lamp'))`,
        own.home.plantId,
      ),
    ).toEqual([]);
  });

  test("an unknown product, another person's product and a product of another kind get the same 404", async () => {
    const [foreign, other] = [await furnishFirstHome((await makeAccount()).id), resident.home];
    const strange = [
      productPath(foreign, "light/lighting", "Ceiling light"),
      productPath({ ...other, ids: foreign.ids }, "light/lighting", "Ceiling light"),
      productPath({ ...foreign, ids: other.ids }, "light/lighting", "Ceiling light"),
      productPath(other, "light/lighting", "Floor lamp"),
      productPath(other, "plug/energy", "Ceiling light"),
      productPath(other, "remote/remote", "Bedroom shutter"),
      productPath(other, "light/lighting", randomUUID()),
      productPath(other, "light/lighting", "1'--"),
      `/plants/${foreign.plantId}`,
      `/plants/${foreign.plantId}/topology`,
      "/plants/1",
      "/plants/null/topology",
    ];
    for (const path of strange)
      expect([path, await get(resident, path)]).toEqual([
        path,
        { status: 404, body: errors(404, "Resource not found") },
      ]);
    for (const [kind, name, body] of [
      ["light/lighting", "Ceiling light", "status=on"],
      ["plug/energy", "Floor lamp", "status=off"],
      ["automation/automation", "Bedroom shutter", "level=100"],
    ] as const) {
      expect((await post(resident, productPath(foreign, kind, name), body, FORM)).status).toBe(404);
    }
    expect(
      await query(
        `SELECT name FROM legrand_product WHERE plant_id = $1::uuid AND (target_level <> level OR is_on <> (name = 'Floor lamp'))`,
        foreign.plantId,
      ),
    ).toEqual([]);
  });

  test("unknown addresses are 404, and unsupported methods 405", async () => {
    for (const path of ["/plant", "/lights", "/remote", "/light/lighting", "/token"]) {
      expect([path, await get(resident, path)]).toEqual([
        path,
        { status: 404, body: errors(404, "Resource not found") },
      ]);
    }
    // This is not the authorization server's endpoint with the same last segment.
    expect(await readJson(await fetch(`${issuer()}/api/token`))).toEqual({
      status: 404,
      body: { statusCode: 404, message: "Resource not found" },
    });
    const answer = await callHomeControl(resident.token, REMOTE(), {
      method: "POST",
      body: "status=on",
      headers: FORM,
    });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect(await answer.json()).toMatchObject({ errors: [{ code: 405 }] });
    expect(await readJson(await callHomeControl(resident.token, ""))).toMatchObject({
      status: 200,
      body: { name: "Home + Control API v1.0", openapi: `${issuer()}/apis/openapi.json` },
    });
  });

  test("a call without its scope does not count against the quota, and no cache may store any answer", async () => {
    const own = await moveIn(["topology.read"]);
    const path = productPath(own.home, "light/lighting", "Ceiling light");
    const answers = [
      await callHomeControl(own.token, path),
      await post(own, path, "status=on", FORM),
      await callHomeControl(own.token, "/plants"),
    ];
    expect(answers.map(({ status, headers }) => [status, headers.get("cache-control")])).toEqual([
      [403, "no-store"],
      [403, "no-store"],
      [200, "no-store"],
    ]);
    expect(
      await query(`SELECT calls FROM legrand_subscription_call WHERE end_user_id = $1::uuid`, own.accountId),
    ).toEqual([{ calls: 1 }]);
  });
});
