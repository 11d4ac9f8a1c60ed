import type { ProductDevice } from "#lib/db/generated/enums.ts";
import { levelAt } from "#lib/legrand/home-control/level-at.ts";
import type { Product } from "#lib/legrand/home-control/product.ts";

/**
 * The families of `GET /plants/{plantId}` in their order, with the kind of product in each and the scope that
 * it needs.
 */
const FAMILIES = [
  { family: "lights", device: "light", scope: "light.read" },
  { family: "plugs", device: "plug", scope: "plug.read" },
  { family: "automations", device: "automation", scope: "automation.read" },
  { family: "energymeters", device: "energymeter", scope: "topology.read" },
  { family: "remotes", device: "remote", scope: "topology.read" },
  { family: "heaters", device: "heater", scope: "topology.read" },
] as const satisfies { family: string; device: ProductDevice; scope: string }[];

/** The `step` of an automation, as Legrand reports it. */
const STEP = 100;

/** Returns the state of all products of a home at `at`. A family without its scope is an empty list. */
export function describeModules(products: readonly Product[], scopes: readonly string[], at: Date) {
  const stateOf = (product: Product) =>
    product.device === "energymeter" ? describeMeter(product, products, at) : describeProduct(product, at);
  return Object.fromEntries(
    FAMILIES.map(({ family, device, scope }) => [
      family,
      scopes.includes(scope) ? products.filter((product) => product.device === device).map(stateOf) : [],
    ]),
  );
}

/**
 * Returns a list with only this product, in its family, as the path of one product answers it:
 * `{"lights":[{…}]}`.
 */
export function describeOne(product: Product, at: Date) {
  const { family } = FAMILIES.find(({ device }) => device === product.device)!;
  return { [family]: [describeProduct(product, at)] };
}

function describeProduct(product: Product, at: Date) {
  const { id, device, isReachable: reachable, isOn, watts, firmware: fw, battery } = product;
  const sender = { plant: { module: { id } } };
  const consumptions = consumptionsOf(isOn ? watts : 0, at);
  switch (device) {
    case "light":
    case "plug":
      return { reachable, status: isOn ? "on" : "off", fw, consumptions, sender };
    case "automation":
      return { reachable, level: Math.round(levelAt(product, at)), step: STEP, fw, sender };
    case "remote":
      return { reachable, battery, fw, sender };
    case "heater":
    case "energymeter":
      return { reachable, fw, consumptions, sender };
  }
}

/** The meter measures the whole home: the products that are on, and the rest. */
function describeMeter(meter: Product, products: readonly Product[], at: Date) {
  const drawn = products.filter(({ isOn }) => isOn).reduce((sum, { watts }) => sum + watts, 0);
  return { ...describeProduct(meter, at), consumptions: consumptionsOf(drawn, at) };
}

function consumptionsOf(watts: number, at: Date) {
  return [{ unit: "watt", value: Math.round(watts), timestamp: `${at.toISOString().slice(0, 19)}+00:00` }];
}
