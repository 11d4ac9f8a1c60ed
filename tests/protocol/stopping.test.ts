import { once } from "node:events";
import { Agent, request, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";

import { afterEach, expect, test } from "vitest";

import { cookieName } from "#lib/cookie-name.ts";
import { anyString } from "#tests/factories/matchers.ts";
import { freePort, startBriefServer, type TestServer } from "#tests/harness/server.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function start(environment: Record<string, string> = {}): Promise<TestServer> {
  const server = await startBriefServer(environment);
  stops.push(server.stop);
  return server;
}

/** Sends the head of a sign-in form's post, and holds back the rest of its body (RFC 9110 §10.1.1). */
async function beginPost(
  origin: string,
  agent: Agent,
): Promise<{ answered: Promise<IncomingMessage>; finish: () => void }> {
  const body = new URLSearchParams({ email: "camille@example.com", password: "sandbox-only" }).toString();
  const outgoing = request(`${origin}/legrand/sign-in/submit`, {
    method: "POST",
    agent,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "content-length": Buffer.byteLength(body),
      origin,
      accept: "text/html",
      expect: "100-continue",
    },
  });
  outgoing.write(body.slice(0, 10));
  await once(outgoing, "continue");
  return {
    answered: once(outgoing, "response").then(([response]) => response as IncomingMessage),
    finish: () => outgoing.end(body.slice(10)),
  };
}

/** Opens a connection that has had one answer and waits for the next request. Returns it with that answer. */
async function openIdle(
  origin: string,
): Promise<{ socket: Socket; answer: string; closed: Promise<number> }> {
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  socket.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const [answer] = (await once(socket, "data")) as [Buffer];
  const begin = performance.now();
  return {
    socket,
    answer: String(answer),
    closed: once(socket, "close").then(() => performance.now() - begin),
  };
}

const readiness = async (origin: string) => {
  const response = await fetch(`${origin}/readyz`);
  return { status: response.status, body: (await response.json()) as unknown, headers: response.headers };
};

test("closes an idle connection after KEEP_ALIVE_SECONDS; at SIGTERM /readyz fails at once while /healthz works, requests in flight are answered and their connections closed, then the process exits with 0", async () => {
  const { origin, process: child } = await start({ KEEP_ALIVE_SECONDS: "1" });
  // A proxy in front has to close an idle connection before this timeout, which is 75 seconds by default.
  const idle = await openIdle(origin);
  expect(idle.answer).toMatch(/^Keep-Alive: timeout=1\r$/m);
  const open = await idle.closed;
  expect([open > 950, open < 4_500]).toEqual([true, true]);
  expect(await readiness(origin)).toMatchObject({ status: 200, body: { ready: true } });
  const agent = new Agent({ keepAlive: true });
  // One request is in flight, and one connection is idle.
  await (await fetch(`${origin}/legrand/jwks`)).text();
  const post = await beginPost(origin, agent);
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await expect.poll(async () => (await readiness(origin)).status).toBe(503);
  const { body, headers } = await readiness(origin);
  expect(body).toEqual({ ready: false, failed: "stopping" });
  expect(headers.get("cache-control")).toBe("no-store");
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  expect(child.exitCode).toBeNull();
  post.finish();
  const answer = await post.answered;
  expect([answer.statusCode, answer.headers.connection]).toEqual([303, "close"]);
  expect(answer.headers["set-cookie"]!.join()).toContain(cookieName("legrand", "session", origin));
  answer.resume();
  expect(await ended).toEqual([0, null]);
  await expect(fetch(`${origin}/healthz`)).rejects.toThrow();
}, 120_000);

test("ends a request that never finishes after STOP_GRACE_SECONDS, and at once on a second signal", async () => {
  const PORT = String(await freePort());
  const [bounded, patient] = await Promise.all([
    start({ STOP_GRACE_SECONDS: "2", PORT, ORIGIN: "http://connect.example" }),
    start({ STOP_GRACE_SECONDS: "600" }),
  ]);
  const agent = new Agent({ keepAlive: true });
  for (const origin of [`http://localhost:${PORT}`, patient.origin])
    (await beginPost(origin, agent)).answered.catch(() => {});
  // An idle connection closes before its announced timeout, even while a request is in flight.
  const idle = await openIdle(patient.origin);
  expect(idle.answer).toMatch(/^Keep-Alive: timeout=75\r$/m);
  const ended = [bounded, patient].map(({ process: child }) => once(child, "exit") as Promise<[number]>);
  for (const { process: child } of [bounded, patient]) child.kill("SIGTERM");
  expect(await ended[0]).toEqual([0, null]);
  expect(bounded.output()).toContain("1 requests were cut");
  // If the origin is not this machine, a program reads the output, so start, stop and errors are lines of
  // JSON too.
  const lines = bounded
    .output()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  for (const line of lines)
    expect(line).toMatchObject({
      level: expect.stringMatching(/^(info|warn|error)$/) as string,
      at: anyString,
      requestId: anyString,
    });
  expect(lines.map(({ detail }) => detail)).toContain("Legrand Connect is ready at http://connect.example");
  expect(await idle.closed).toBeLessThan(5_000);
  // The first server took two seconds to stop, so this signal cannot be taken for an echo of the first one.
  expect(patient.process.exitCode).toBeNull();
  patient.process.kill("SIGTERM");
  expect(await ended[1]).toEqual([1, null]);
}, 120_000);

test("a server whose output has lost its reader answers, and stops", async () => {
  const { origin, process: child, stop } = await start({ LOG_REQUESTS: "true" });
  child.stdout!.destroy();
  child.stderr!.destroy();
  for (let count = 0; count < 3; count++) {
    const answer = await fetch(`${origin}/legrand/api/nope`);
    expect(answer.status).toBe(404);
  }
  const ended = once(child, "exit");
  await stop();
  expect(await ended).toEqual([0, null]);
});
