import { isUuid } from "#lib/is-uuid.ts";
import { answerJson, answerNotFound } from "#lib/legrand/smarther/answers.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import { findTopology } from "#lib/legrand/smarther/store.ts";

/**
 * What a thermostat can do. Legrand's own words for it are not known: clients read a list of objects, and
 * skip it.
 */
const CAPABILITIES = [{ capability: "temperature" }, { capability: "humidity" }, { capability: "setPoint" }];

/**
 * The home and its modules (Legrand, Topology): a module's name is the room it hangs in. The cloud knows them
 * also while the gateway is offline.
 */
export async function answerTopology(
  access: Access,
  { plantId = "" }: Record<string, string>,
): Promise<Response> {
  const id = plantId.toLowerCase();
  const topology = isUuid(id) ? await findTopology(access, id) : null;
  if (!topology) return answerNotFound();
  const modules = topology.modules.map((module) => ({ ...module, capabilities: CAPABILITIES }));
  return answerJson({ plant: { id: topology.id, name: topology.name, modules } });
}
