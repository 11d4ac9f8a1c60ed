import { answerJson, answerNotFound } from "#lib/legrand/smarther/answers.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import { findSharedHome } from "#lib/legrand/smarther/shared-home.ts";
import { findTopology } from "#lib/legrand/smarther/store.ts";

/**
 * The capabilities of a thermostat. Legrand's own names for them are not known. Clients expect a list of
 * objects, and ignore its content.
 */
const CAPABILITIES = [{ capability: "temperature" }, { capability: "humidity" }, { capability: "setPoint" }];

/**
 * Answers with the home and its modules (Legrand, Topology). A module's name is its room. The cloud knows the
 * modules even while the gateway is offline.
 */
export async function answerTopology(access: Access, parameters: Record<string, string>): Promise<Response> {
  const home = findSharedHome(access, parameters);
  const topology = home && (await findTopology(access, home));
  if (!topology) return answerNotFound();
  const modules = topology.modules.map((module) => ({ ...module, capabilities: CAPABILITIES }));
  return answerJson({ plant: { id: topology.id, name: topology.name, modules } });
}
