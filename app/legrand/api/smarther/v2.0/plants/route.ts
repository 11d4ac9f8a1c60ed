import { requireAccess } from "#lib/legrand/smarther/require-access.ts";
import { listPlants } from "#lib/legrand/smarther/store.ts";
import { sandboxOnly } from "#lib/legrand/sandbox-only.ts";

export const GET = sandboxOnly(async (request) => {
  const outcome = await requireAccess(request, "topology.read");
  if (!outcome.ok) return outcome.response;
  const plants = await listPlants(outcome.access);
  return plants.length ? Response.json({ plants }) : new Response(null, { status: 204 });
});
