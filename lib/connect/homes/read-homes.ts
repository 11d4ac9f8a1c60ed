import type { Home, Outcome, Product, Reading } from "#lib/connect/homes/home.ts";
import { isGranted } from "#lib/connect/homes/is-granted.ts";
import { openApi, type Api } from "#lib/connect/homes/open-api.ts";
import { parseStatus } from "#lib/connect/homes/parse-status.ts";
import { parsePlants, parseTopology, type Module } from "#lib/connect/homes/parse-topology.ts";
import { isThermostat, thermostatPath } from "#lib/connect/homes/thermostat.ts";
import type { LinkedAccount } from "#lib/connect/linked-accounts/store.ts";
import { mapConcurrently } from "#lib/map-concurrently.ts";

const AT_ONCE = 4;
/** Of one page view: the day's quota of a person is 500 calls. */
const THERMOSTAT_LIMIT = 40;

/** The homes of a linked account, and whether reading them showed that the account has changed meanwhile. */
export type ReadHomes = { homes: Outcome<Home[]>; hasChanged: boolean };

/**
 * Reads the homes of a linked account: the list, what is installed in each, and what each thermostat says, as far as the person
 * allowed it. What fails, fails by itself: a home or a thermostat that does not answer leaves the others readable, and however many
 * do not, they are given up together (`togetherMs`: lib/connect/homes/open-api.ts).
 */
export async function readHomes(account: LinkedAccount, togetherMs?: number): Promise<ReadHomes> {
  const api = await openApi(account, togetherMs);
  if (!api.ok) return { homes: api, hasChanged: true };
  const plants = await ask(api.value, { path: "/plants", scope: "topology.read" }, parsePlants);
  if (!plants.ok) return { homes: plants, hasChanged: api.value.hasChanged() };
  const homes = await mapConcurrently(plants.value, AT_ONCE, async ({ id, name }) => ({
    id, name: name ?? "Home", modules: await ask(api.value, { path: `/plants/${id}/topology`, scope: "topology.read" }, parseTopology),
  }));
  const readings = await readThermostats(api.value, account, homes);
  const value = homes.map(({ modules, ...home }): Home => ({
    ...home, products: modules.ok ? { ok: true, value: modules.value.map((module) => describeProduct(module, readings.get(module))) } : modules,
  }));
  return { homes: { ok: true, value }, hasChanged: api.value.hasChanged() };
}

async function ask<T>(api: Api, call: { path: string; scope: string }, parse: (body: unknown) => T | null): Promise<Outcome<T>> {
  const answer = await api.call(call);
  if (!answer.ok) return answer;
  const value = parse(answer.value);
  return value === null ? { ok: false, problem: { reason: "unusable" } } : { ok: true, value };
}

type Installed = { id: string; modules: Outcome<Module[]> };

async function readThermostats(api: Api, account: LinkedAccount, homes: Installed[]): Promise<Map<Module, Outcome<Reading>>> {
  const thermostats = homes.flatMap(({ id, modules }) =>
    modules.ok ? modules.value.filter(isThermostat).map((module) => ({ module, path: thermostatPath(id, module.id) })) : []);
  const read = ({ path }: { path: string }): Promise<Outcome<Reading>> | Outcome<Reading> => isGranted(account, "comfort.read")
    ? ask(api, { path, scope: "comfort.read" }, parseStatus)
    : { ok: false, problem: { reason: "missing_scope", scope: "comfort.read" } };
  const asked = thermostats.slice(0, THERMOSTAT_LIMIT);
  const readings = await mapConcurrently(asked, AT_ONCE, async (thermostat) => read(thermostat));
  return new Map(asked.map(({ module }, index) => [module, readings[index]!]));
}

function describeProduct({ id, name, device }: Module, reading: Outcome<Reading> | undefined): Product {
  return { id, name: name ?? "Without a name", device, reading: reading ?? null };
}
