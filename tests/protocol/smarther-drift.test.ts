import { expect, test } from "vitest";

import { callApi, connect } from "#tests/factories/client.ts";
import { readHome, thermostatPath } from "#tests/factories/homes.ts";
import { ownServer } from "#tests/factories/own-server.ts";
import { dumpDatabase } from "#tests/factories/stored.ts";
import { passTime, query } from "#tests/harness/database.ts";

ownServer();

type Status = { mode: string; loadState: string; activationTime?: string; setPoint: { value: string }; thermometer: { measures: [{ value: string; timeStamp: string }] } };

test("a room gets warmer as time passes, by the clock and without anything being written", async () => {
  const { tokens, account } = await connect({ scope: "topology.read comfort.read comfort.write" });
  const home = await readHome(account.id);
  const read = async () => ((await (await callApi(tokens.access_token, thermostatPath(home))).json()) as { chronothermostats: [Status] }).chronothermostats[0];
  const temperatureOf = ({ thermometer }: Status) => Number(thermometer.measures[0].value);
  const set = (body: unknown) => callApi(tokens.access_token, thermostatPath(home), { method: "POST", body: JSON.stringify(body) });
  const modules = () => query(`SELECT row_to_json(m)::text AS row FROM legrand_module m ORDER BY id`);

  expect((await set({ mode: "manual", setPoint: { value: 22, unit: "C" } })).status).toBe(200);
  expect(await read()).toMatchObject({ loadState: "ACTIVE", thermometer: { measures: [{ value: "18.0" }] } });
  const before = await modules();
  await passTime(30 * 60);
  expect(temperatureOf(await read())).toBeCloseTo(19.6, 0);
  await passTime(3 * 60 * 60);
  const warm = await read();
  expect(temperatureOf(warm)).toBeGreaterThan(21.8);
  expect(Math.abs(Date.parse(warm.thermometer.measures[0].timeStamp) - Date.now() - 3.5 * 60 * 60 * 1000)).toBeLessThan(30_000);
  expect(await modules()).toEqual(before);
  expect(await dumpDatabase()).not.toContain(tokens.access_token);
});

test("a boost ends by itself, and the program takes over", async () => {
  const { tokens, account } = await connect({ scope: "topology.read comfort.read comfort.write" });
  const home = await readHome(account.id);
  const read = async () => ((await (await callApi(tokens.access_token, thermostatPath(home))).json()) as { chronothermostats: [Status] }).chronothermostats[0];
  await callApi(tokens.access_token, thermostatPath(home), { method: "POST", body: JSON.stringify({ function: "heating", mode: "boost" }) });
  const boosted = await read();
  expect(boosted).toMatchObject({ mode: "BOOST", loadState: "ACTIVE", activationTime: expect.any(String) });
  await passTime(31 * 60);
  const after = await read();
  expect(after.mode).toBe("AUTOMATIC");
  expect(after).not.toHaveProperty("activationTime");
  expect(["17.00000", "20.00000"]).toContain(after.setPoint.value);
});
