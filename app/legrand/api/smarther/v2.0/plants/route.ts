import { requireCall } from "#lib/legrand/smarther/require-call.ts";
import { listPlants } from "#lib/legrand/smarther/store.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";

export const GET = sandboxRoute(async (request) => {
  const outcome = await requireCall(request, "topology.read");
  if (!outcome.ok) return outcome.response;
  const plants = await listPlants(outcome.access);
  return plants.length ? Response.json({ plants }, { headers: { "cache-control": "no-store" } }) : new Response(null, { status: 204 });
});
