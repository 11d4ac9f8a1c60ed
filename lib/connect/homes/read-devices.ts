import { devicePath, familyOf } from "#lib/connect/homes/product-paths.ts";
import type { Family } from "#lib/connect/homes/families-constants.ts";
import type { Device, DeviceState, Readable } from "#lib/connect/homes/home.ts";
import { isGranted } from "#lib/connect/homes/missing-scopes.ts";
import { ask, type PreparedCalls } from "#lib/connect/homes/prepare-calls.ts";
import { parseInstalled, parseStates, type Installed } from "#lib/connect/homes/parse-devices.ts";

type Account = { grantedScopes: readonly string[] };

/**
 * Reads what the Home + Control API knows about a home. Reads its products by room, and the state of all of
 * them in one call. That call returns an empty list, without an error, for a family whose scope is missing.
 */
export async function readDevices(
  api: PreparedCalls,
  account: Account,
  plantId: string,
): Promise<Readable<Device[]>> {
  const call = { api: "homeControl", scope: "topology.read" } as const;
  const [installed, states] = await Promise.all([
    ask(api, { ...call, path: `/plants/${plantId}/topology` }, parseInstalled),
    ask(api, { ...call, path: `/plants/${plantId}` }, parseStates),
  ]);
  if (!installed.ok) return installed;
  if (!states.ok) return states;
  const silent = new Map<Family, Readable<DeviceState>>();
  for (const product of installed.value) {
    const family = familyOf(product.device);
    if (family && !states.value.has(product.id) && !silent.has(family))
      silent.set(family, await explainSilence(api, account, plantId, family, product));
  }
  return { ok: true, value: installed.value.map((product) => describeDevice(product, states.value, silent)) };
}

/**
 * Finds out why an installed product has no state. If its scope counts as granted, asks the product itself: a
 * refusal shows that the scope was taken back.
 */
async function explainSilence(
  api: PreparedCalls,
  account: Account,
  plantId: string,
  family: Family,
  { id }: Installed,
): Promise<Readable<DeviceState>> {
  const scope = `${family}.read`;
  if (!isGranted(account, scope)) return { ok: false, problem: { reason: "missing_scope", scope } };
  return ask(
    api,
    { api: "homeControl", path: devicePath(family, plantId, id), scope },
    (body) => parseStates(body)?.get(id) ?? null,
  );
}

function describeDevice(
  { id, name, device, room }: Installed,
  states: Map<string, DeviceState>,
  silent: Map<Family, Readable<DeviceState>>,
): Device {
  const family = familyOf(device);
  const said = states.get(id);
  const reason = family && silent.get(family);
  // If a product has no state while others of its family do, it reported nothing that Connect can read.
  const unsaid = reason
    ? reason.ok
      ? { ok: false as const, problem: { reason: "unusable" as const } }
      : reason
    : null;
  return {
    id,
    name: name ?? "Without a name",
    room,
    kind: device,
    state: said ? { ok: true, value: said } : unsaid,
  };
}
