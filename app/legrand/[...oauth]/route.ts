import { handleRequest } from "#lib/legrand/authorization-server/handle-request.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";

export const GET = sandboxRoute(handleRequest);
export const POST = sandboxRoute(handleRequest);
export const OPTIONS = sandboxRoute(handleRequest);
