import { randomUUID } from "node:crypto";

import { beforeAll, describe, expect, test } from "vitest";

import { callApi, connect, issuer, type Tokens } from "#tests/factories/client.ts";
import { makeAccount, ROOMS } from "#tests/factories/make-account.ts";
import { readHome, thermostatPath, type TestHome } from "#tests/factories/homes.ts";
import { query } from "#tests/harness/database.ts";

const NOT_FOUND = { statusCode: 404, message: "Resource not found" };
const HOUSE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+0[12]:00$/;

let tokens: Tokens;
let home: TestHome;

beforeAll(async () => {
  const connected = await connect();
  tokens = connected.tokens;
  home = await readHome(connected.account.id);
});

const get = async (path: string) => {
  const response = await callApi(tokens.access_token, path);
  return { status: response.status, body: (await response.json()) as never };
};

describe("what can be read (Legrand, Smarther API v2.0)", () => {
  test("a home's topology: its modules, each with the name of its room", async () => {
    expect(await get(`/plants/${home.plantId}/topology`)).toEqual({
      status: 200,
      body: {
        plant: {
          id: home.plantId,
          name: "Home 1",
          modules: ROOMS.map((name, index) => ({
            device: "chronothermostat",
            id: home.moduleIds[index],
            name,
            capabilities: expect.arrayContaining([{ capability: "temperature" }]),
          })),
        },
      },
    });
  });

  test("a thermostat's status, with numbers as strings and words in upper case", async () => {
    expect(await get(thermostatPath(home))).toEqual({
      status: 200,
      body: {
        chronothermostats: [
          {
            function: "HEATING",
            mode: "MANUAL",
            setPoint: { value: "20.00000", unit: "C" },
            programs: [{ number: 1 }],
            temperatureFormat: "C",
            loadState: "ACTIVE",
            time: expect.stringMatching(HOUSE_TIME),
            thermometer: {
              measures: [
                {
                  timeStamp: expect.stringMatching(HOUSE_TIME),
                  value: expect.stringMatching(/^18\.\d$/),
                  unit: "C",
                },
              ],
            },
            hygrometer: {
              measures: [
                {
                  timeStamp: expect.stringMatching(HOUSE_TIME),
                  value: expect.stringMatching(/^(49|50)\.\d$/),
                  unit: "%",
                },
              ],
            },
            sender: {
              addressType: "addressLocation",
              system: "thermoregulation",
              plant: { id: home.plantId, module: { id: home.moduleIds[0] } },
            },
          },
        ],
      },
    });
  });

  test("its measures alone", async () => {
    expect(await get(`${thermostatPath(home)}/measures`)).toEqual({
      status: 200,
      body: {
        thermometer: {
          measures: [
            {
              timeStamp: expect.stringMatching(HOUSE_TIME),
              value: expect.stringMatching(/^18\.\d$/),
              unit: "C",
            },
          ],
        },
        hygrometer: {
          measures: [{ timeStamp: expect.stringMatching(HOUSE_TIME), value: expect.any(String), unit: "%" }],
        },
        sender: {
          addressType: "addressLocation",
          system: "thermoregulation",
          plant: { id: home.plantId, module: { id: home.moduleIds[0] } },
        },
      },
    });
  });

  test("its programs with their names", async () => {
    expect(await get(`${thermostatPath(home)}/programlist`)).toMatchObject({
      status: 200,
      body: {
        chronothermostats: [
          {
            programs: [
              { number: 1, name: "At Home" },
              { number: 2, name: "At Work" },
              { number: 3, name: "Away" },
            ],
            sender: { plant: { id: home.plantId } },
          },
        ],
      },
    });
  });

  test("may not be stored by any cache, and HEAD is answered without a body", async () => {
    const response = await callApi(tokens.access_token, thermostatPath(home), { method: "HEAD" });
    expect([response.status, response.headers.get("cache-control"), await response.text()]).toEqual([
      200,
      "no-store",
      "",
    ]);
  });

  test("with the gateway offline: the home is listed, and its thermostats are 404", async () => {
    const connected = await connect();
    const offline = await readHome(connected.account.id);
    await query(
      `UPDATE legrand_plant SET gateway_online = false WHERE id = $1::uuid RETURNING 1 AS done`,
      offline.plantId,
    );
    for (const path of [
      thermostatPath(offline),
      `${thermostatPath(offline)}/measures`,
      `${thermostatPath(offline)}/programlist`,
    ]) {
      const response = await callApi(connected.tokens.access_token, path);
      expect([response.status, await response.json()]).toEqual([
        404,
        { statusCode: 404, message: "Gateway offline" },
      ]);
    }
    expect((await callApi(connected.tokens.access_token, `/plants/${offline.plantId}/topology`)).status).toBe(
      200,
    );
  });
});

describe("an unknown item and another person's get the same 404", () => {
  test.each(["", "/measures", "/programlist"])("for a thermostat: …%s", async (operation) => {
    const foreign = await readHome((await makeAccount()).id);
    const strange: TestHome[] = [
      foreign,
      { ...home, moduleIds: foreign.moduleIds },
      { ...foreign, moduleIds: home.moduleIds },
      { ...home, moduleIds: [randomUUID()] },
      { plantId: randomUUID(), moduleIds: home.moduleIds },
      { plantId: "1", moduleIds: ["%20"] },
      { plantId: home.plantId, moduleIds: ["1'--"] },
    ];
    for (const address of strange)
      expect(await get(`${thermostatPath(address)}${operation}`)).toEqual({ status: 404, body: NOT_FOUND });
  });

  test("for a topology", async () => {
    const foreign = await readHome((await makeAccount()).id);
    for (const id of [foreign.plantId, randomUUID(), "1", "null"])
      expect(await get(`/plants/${id}/topology`)).toEqual({ status: 404, body: NOT_FOUND });
  });
});

describe("unknown addresses and unsupported methods", () => {
  test.each([
    "/plant",
    "/thermostat",
    "/plants/x",
    "/plants/x/topology/y",
    "/chronothermostat",
    "/chronothermostat/thermoregulation/addressLocation/plants",
  ])("%s is a 404 in the API's format, with and without a key", async (path) => {
    expect(await get(path)).toEqual({ status: 404, body: NOT_FOUND });
    const response = await fetch(`${issuer()}/api/smarther/v2.0${path}`, { method: "POST" });
    expect([response.status, await response.json()]).toEqual([404, NOT_FOUND]);
  });

  test.each([
    ["/plants", "POST", "GET, HEAD, OPTIONS"],
    [`/plants/${randomUUID()}/topology`, "DELETE", "GET, HEAD, OPTIONS"],
  ])(
    "%s does not support %s: 405 with the allowed methods (RFC 9110 §15.5.6)",
    async (path, method, allow) => {
      const response = await callApi(tokens.access_token, path, { method });
      expect([response.status, response.headers.get("allow"), (await response.json()).statusCode]).toEqual([
        405,
        allow,
        405,
      ]);
      const options = await fetch(`${issuer()}/api/smarther/v2.0${path}`, { method: "OPTIONS" });
      expect([options.status, options.headers.get("allow")]).toEqual([204, allow]);
    },
  );
});
