import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";

import { onTestFinished } from "vitest";

/** Serves `answer` on a free port of this machine until the test ends. Returns the server and its origin. */
export async function serveHere(
  answer: RequestListener,
  port = 0,
): Promise<{ server: Server; origin: string }> {
  const server = createServer(answer).listen(port, "127.0.0.1");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  return { server, origin: `http://127.0.0.1:${(server.address() as { port: number }).port}` };
}
