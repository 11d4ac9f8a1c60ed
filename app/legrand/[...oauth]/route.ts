import { handleRequest } from "#lib/legrand/authorization-server/handle-request.ts";
import { sandboxOnly } from "#lib/legrand/sandbox-only.ts";

export const GET = sandboxOnly(handleRequest);
export const POST = sandboxOnly(handleRequest);
export const OPTIONS = sandboxOnly(handleRequest);
