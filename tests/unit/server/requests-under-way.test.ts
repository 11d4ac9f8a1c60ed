import { once } from "node:events";
import { Agent, createServer, request, type RequestListener } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { expect, test } from "vitest";

import { trackRequests, type RequestsUnderWay } from "#lib/server/front/requests-under-way.ts";

const LATE_MS = 100;

async function serve(handle: RequestListener): Promise<{ port: number; requests: RequestsUnderWay }> {
  const server = createServer({ keepAliveTimeout: 75_000 }, (incoming, response) => {
    requests.note(response);
    void requests.admit().then(() => handle(incoming, response));
  });
  const requests = trackRequests([server], LATE_MS);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { port: (server.address() as { port: number }).port, requests };
}

/** Sends a request. Resolves to its outcome. */
function ask(port: number, agent: Agent | false, body = ""): Promise<string> {
  return new Promise((resolve) => {
    const outgoing = request(
      {
        host: "127.0.0.1",
        port,
        agent,
        method: "POST",
        headers: { "content-length": Buffer.byteLength(body) },
      },
      (response) => {
        response
          .resume()
          .once("end", () => resolve("answered"))
          .once("error", () => resolve("broken"));
      },
    );
    outgoing.once("error", ({ code }: NodeJS.ErrnoException) =>
      resolve(code === "ECONNREFUSED" ? "refused" : `lost: ${code}`),
    );
    outgoing.end(body);
  });
}

const ROUNDS = 4;
const CLIENTS = 30;

test("a stop under load loses no request, neither on a kept connection nor on a new one (20 stops lost 113)", async () => {
  const outcomes = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    // Some answers block the event loop, so requests that arrive in that time are not read yet.
    let count = 0;
    const { port, requests } = await serve((_request, response) => {
      for (const end = performance.now() + (count++ % 20 === 0 ? 15 : 0); performance.now() < end;);
      setTimeout(() => response.end("done"), count % 7);
    });
    let isRefused = false as boolean;
    const client = async (index: number) => {
      const agent = index % 3 === 0 ? false : new Agent({ keepAlive: true, maxSockets: 1 });
      while (!isRefused) {
        const outcome = await ask(port, agent);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        isRefused ||= outcome === "refused";
        await sleep((index * 7) % 40);
      }
    };
    const clients = Array.from({ length: CLIENTS }, (_, index) => client(index));
    await sleep(60);
    await requests.end(0, 10_000);
    isRefused = true;
    await Promise.all(clients);
  }
  expect([...outcomes.keys()].sort()).toEqual(["answered", "refused"]);
  expect(outcomes.get("answered")).toBeGreaterThan(ROUNDS * CLIENTS);
});

test("answers a request that another request depends on while the server stops", async () => {
  const { port, requests } = await serve((incoming, response) => {
    if (incoming.headers["content-length"] === "0") return void response.end();
    void requests.end(0, 10_000).then(() => ended.push("end"));
    void ask(port, false).then((outcome) => {
      ended.push(outcome);
      response.end();
    });
  });
  const ended: string[] = [];
  expect(await ask(port, false, "needs another")).toBe("answered");
  await expect.poll(() => ended).toEqual(["answered", "end"]);
});

test("answers a request that has begun to arrive, and closes an idle connection at once", async () => {
  const { port, requests } = await serve((_incoming, response) => void response.end());
  const [idle, arriving] = [connect(port, "127.0.0.1"), connect(port, "127.0.0.1")];
  const closed = once(idle.resume(), "close");
  arriving.write("GET / HTTP/1.1\r\n");
  await sleep(300);
  const ending = requests.end(0, 10_000);
  await closed;
  arriving.write("Host: localhost\r\n\r\n");
  const answer = Buffer.concat((await arriving.toArray()) as Buffer[]).toString();
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\nconnection: close\r\n/i);
  expect(await ending).toBe(0);
});
