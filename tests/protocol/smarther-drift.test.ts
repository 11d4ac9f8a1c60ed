import { expect, test } from "vitest";

import { callApi, callHomeControl, connect, refresh, type Tokens } from "#tests/factories/client.ts";
import { readHome, thermostatPath } from "#tests/factories/homes.ts";
import { furnishFirstHome, productPath } from "#tests/factories/home-control.ts";
import { ownServer } from "#tests/factories/own-server.ts";
import { passTime, query } from "#tests/harness/database.ts";

ownServer();

type Status = {
  mode: string;
  loadState: string;
  activationTime?: string;
  setPoint: { value: string };
  thermometer: { measures: [{ value: string; timeStamp: string }] };
};

/** Makes a person with a thermostat and an application that renews its token as time passes. */
async function connected() {
  const { tokens, account, application } = await connect({
    scope: "openid offline_access topology.read comfort.read comfort.write",
  });
  const path = thermostatPath(await readHome(account.id));
  let { access_token: accessToken, refresh_token: refreshToken } = tokens;
  return {
    set: async (body: unknown) => {
      expect((await callApi(accessToken, path, { method: "POST", body: JSON.stringify(body) })).status).toBe(
        200,
      );
    },
    read: async () =>
      ((await (await callApi(accessToken, path)).json()) as { chronothermostats: [Status] })
        .chronothermostats[0],
    pass: async (seconds: number) => {
      await passTime(seconds);
      ({ access_token: accessToken, refresh_token: refreshToken } = (await refresh(application, refreshToken))
        .body as Tokens);
    },
  };
}

const temperatureOf = ({ thermometer }: Status) => Number(thermometer.measures[0].value);
const modules = () => query(`SELECT row_to_json(m)::text AS row FROM legrand_module m ORDER BY id`);

test("a room warms up with the clock, without a write to the database", async () => {
  const { read, set, pass } = await connected();
  await set({ mode: "manual", setPoint: { value: 22, unit: "C" } });
  const cold = await read();
  expect(cold).toMatchObject({ loadState: "ACTIVE", thermometer: { measures: [{ value: "18.0" }] } });
  const before = await modules();
  await pass(30 * 60);
  expect(temperatureOf(await read())).toBeCloseTo(19.6, 0);
  await pass(3 * 60 * 60);
  const warm = await read();
  expect(temperatureOf(warm)).toBeGreaterThan(21.8);
  const passedMs =
    Date.parse(warm.thermometer.measures[0].timeStamp) - Date.parse(cold.thermometer.measures[0].timeStamp);
  expect(Math.abs(passedMs - 3.5 * 60 * 60 * 1000)).toBeLessThan(60_000);
  expect(await modules()).toEqual(before);
});

test("a boost ends by itself, and the program resumes", async () => {
  const { read, set, pass } = await connected();
  await set({ function: "heating", mode: "boost" });
  expect(await read()).toMatchObject({
    mode: "BOOST",
    loadState: "ACTIVE",
    activationTime: expect.any(String),
  });
  await pass(31 * 60);
  const after = await read();
  expect(after.mode).toBe("AUTOMATIC");
  expect(after).not.toHaveProperty("activationTime");
  expect(["17.00000", "20.00000"]).toContain(after.setPoint.value);
});

test("a shutter moves with the clock, can be stopped on the way, and reading it writes nothing", async () => {
  const { tokens, account } = await connect({
    scopes: ["topology.read", "automation.read", "automation.write"],
    scope: "topology.read automation.read automation.write",
  });
  const path = productPath(await furnishFirstHome(account.id), "automation/automation", "Bedroom shutter");
  const move = async (level: number) =>
    expect(
      (await callHomeControl(tokens.access_token, path, { method: "POST", body: JSON.stringify({ level }) }))
        .status,
    ).toBe(200);
  const level = async () =>
    (
      (await (await callHomeControl(tokens.access_token, path)).json()) as {
        automations: [{ level: number }];
      }
    ).automations[0].level;
  const products = () => query(`SELECT row_to_json(p)::text AS row FROM legrand_product p ORDER BY id`);
  await move(100);
  const before = await products();
  await passTime(8);
  const onTheWay = await level();
  expect(onTheWay).toBeGreaterThanOrEqual(40);
  expect(onTheWay).toBeLessThan(100);
  expect(await products()).toEqual(before);
  await move(-1);
  const stopped = await level();
  await passTime(60);
  expect(await level()).toBe(stopped);
  await move(0);
  await passTime(21);
  expect(await level()).toBe(0);
});
