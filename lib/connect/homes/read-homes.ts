import type { Device, Home, Readable, HomeProduct, Reading } from "#lib/connect/homes/home.ts";
import { isGranted } from "#lib/connect/homes/missing-scopes.ts";
import { ask, prepareCalls, type PreparedCalls } from "#lib/connect/homes/prepare-calls.ts";
import { parseStatus } from "#lib/connect/homes/parse-status.ts";
import { parsePlants, parseTopology, type Module } from "#lib/connect/homes/parse-topology.ts";
import { readDevices } from "#lib/connect/homes/read-devices.ts";
import { isThermostat, thermostatPath } from "#lib/connect/homes/product-paths.ts";
import type { LinkedAccount } from "#lib/connect/linked-accounts/store.ts";
import { env } from "#lib/env.ts";
import { mapConcurrently } from "#lib/map-concurrently.ts";

const AT_ONCE = 4;
/**
 * Homes that are read at the same time. Each one makes two calls at once, for its rooms and for its state.
 */
const PLANTS_AT_ONCE = AT_ONCE / 2;
/** Most thermostats for one page view, because a user's quota is 500 calls a day. */
const THERMOSTAT_LIMIT = 40;

/**
 * The homes of a linked account. `hasChanged` is true if reading them showed that the account has changed.
 */
export type ReadHomes = { homes: Readable<Home[]>; hasChanged: boolean };

/**
 * Reads the homes of a linked account, the products of each, and the values of each thermostat. Then reads
 * what the Home + Control API knows about them, as far as the user allowed it. Failures are independent: if a
 * home or a thermostat does not answer, the others can still be read. All that do not answer share one time
 * limit (`togetherMs`: lib/connect/homes/prepare-calls.ts).
 */
export async function readHomes(account: LinkedAccount, togetherMs?: number): Promise<ReadHomes> {
  const api = await prepareCalls(account, togetherMs);
  if (!api.ok) return { homes: api, hasChanged: true };
  const plants = await ask(api.value, { path: "/plants", scope: "topology.read" }, parsePlants);
  if (!plants.ok) return { homes: plants, hasChanged: api.value.hasChanged() };
  const homes = await mapConcurrently(plants.value, AT_ONCE, async ({ id, name }) => ({
    id,
    name: name ?? "Home",
    modules: await ask(api.value, { path: `/plants/${id}/topology`, scope: "topology.read" }, parseTopology),
  }));
  const readings = await readThermostats(api.value, account, homes);
  const value = homes.map(({ modules, ...home }): Home => ({
    ...home,
    devices: null,
    products: modules.ok
      ? { ok: true, value: modules.value.map((module) => describeProduct(module, readings.get(module))) }
      : modules,
  }));
  const complete = await addDevices(api.value, account, value);
  return { homes: complete, hasChanged: api.value.hasChanged() };
}

/**
 * Adds the products of the Home + Control API, and homes that only this API knows. If it fails, the homes of
 * the Smarther API stay readable.
 */
async function addDevices(
  api: PreparedCalls,
  account: LinkedAccount,
  homes: Home[],
): Promise<Readable<Home[]>> {
  if (env().legrand.homeControlUrl === null) return { ok: true, value: homes };
  const plants = await ask(api, { api: "homeControl", path: "/plants", scope: "topology.read" }, parsePlants);
  if (!plants.ok)
    return homes.length > 0
      ? { ok: true, value: homes.map((home) => ({ ...home, devices: plants })) }
      : plants;
  const read = await mapConcurrently(plants.value, PLANTS_AT_ONCE, async ({ id }) =>
    readDevices(api, account, id),
  );
  const devices = new Map<string, Readable<Device[]>>(
    plants.value.map(({ id }, index) => [id, read[index]!]),
  );
  const known = homes.map((home) => ({ ...home, devices: devices.get(home.id) ?? null }));
  const further = plants.value
    .filter(({ id }) => !homes.some((home) => home.id === id))
    .map(({ id, name }): Home => ({
      id,
      name: name ?? "Home",
      products: { ok: true, value: [] },
      devices: devices.get(id)!,
    }));
  return { ok: true, value: [...known, ...further] };
}

type Installed = { id: string; modules: Readable<Module[]> };

async function readThermostats(
  api: PreparedCalls,
  account: LinkedAccount,
  homes: Installed[],
): Promise<Map<Module, Readable<Reading>>> {
  const thermostats = homes.flatMap(({ id, modules }) =>
    modules.ok
      ? modules.value.filter(isThermostat).map((module) => ({ module, path: thermostatPath(id, module.id) }))
      : [],
  );
  const read = ({ path }: { path: string }): Promise<Readable<Reading>> | Readable<Reading> =>
    isGranted(account, "comfort.read")
      ? ask(api, { path, scope: "comfort.read" }, parseStatus)
      : { ok: false, problem: { reason: "missing_scope", scope: "comfort.read" } };
  const asked = thermostats.slice(0, THERMOSTAT_LIMIT);
  const readings = await mapConcurrently(asked, AT_ONCE, async (thermostat) => read(thermostat));
  return new Map(asked.map(({ module }, index) => [module, readings[index]!]));
}

function describeProduct({ id, name, device }: Module, reading: Readable<Reading> | undefined): HomeProduct {
  return { id, name: name ?? "Without a name", device, reading: reading ?? null };
}
