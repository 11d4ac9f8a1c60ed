import { once } from "node:events";
import { Agent, request, type IncomingMessage } from "node:http";

import { afterEach, expect, test } from "vitest";

import { anyString } from "#tests/factories/matchers.ts";
import { freePort, startBriefServer, type TestServer } from "#tests/harness/server.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => { await Promise.all(stops.splice(0).map((stop) => stop())); });

async function start(environment: Record<string, string> = {}): Promise<TestServer> {
  const server = await startBriefServer(environment);
  stops.push(server.stop);
  return server;
}

/** Begins a sign-in form's post, and keeps the rest of its body back once the server has its head (RFC 9110 §10.1.1). */
async function beginPost(origin: string, agent: Agent): Promise<{ answered: Promise<IncomingMessage>; finish: () => void }> {
  const body = new URLSearchParams({ email: "camille@example.com", password: "sandbox-only" }).toString();
  const outgoing = request(`${origin}/legrand/sign-in/submit`, {
    method: "POST", agent, headers: { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(body), origin, accept: "text/html", expect: "100-continue" },
  });
  outgoing.write(body.slice(0, 10));
  await once(outgoing, "continue");
  return { answered: once(outgoing, "response").then(([response]) => response as IncomingMessage), finish: () => outgoing.end(body.slice(10)) };
}

const readiness = async (origin: string) => {
  const response = await fetch(`${origin}/readyz`);
  return { status: response.status, body: await response.json() as unknown, headers: response.headers };
};

test("at SIGTERM /readyz says no at once and /healthz yes; what is in flight is answered whole and its connection closed; then the process ends with 0", async () => {
  const { origin, process: child } = await start();
  expect(await readiness(origin)).toMatchObject({ status: 200, body: { ready: true } });
  const agent = new Agent({ keepAlive: true });
  // A request under way, and a connection that nobody uses.
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
  expect(answer.headers["set-cookie"]!.join()).toContain("legrand.session");
  answer.resume();
  expect(await ended).toEqual([0, null]);
  await expect(fetch(`${origin}/healthz`)).rejects.toThrow();
}, 120_000);

test("a request that never ends does not keep the process: STOP_GRACE_SECONDS is the bound, and a second signal does not wait for it", async () => {
  const PORT = String(await freePort());
  const [bounded, patient] = await Promise.all([start({ STOP_GRACE_SECONDS: "2", PORT, ORIGIN: "http://connect.example" }), start({ STOP_GRACE_SECONDS: "600" })]);
  const agent = new Agent({ keepAlive: true });
  for (const origin of [`http://localhost:${PORT}`, patient.origin]) (await beginPost(origin, agent)).answered.catch(() => {});
  const ended = [bounded, patient].map(({ process: child }) => once(child, "exit") as Promise<[number]>);
  for (const { process: child } of [bounded, patient]) child.kill("SIGTERM");
  expect(await ended[0]).toEqual([0, null]);
  expect(bounded.output()).toContain("1 requests were cut");
  // Where the origin is not this machine a program reads what is printed: start, stop and errors are lines of JSON too.
  const lines = bounded.output().trim().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
  for (const line of lines) expect(line).toMatchObject({ level: expect.stringMatching(/^(info|warn|error)$/) as string, at: anyString, requestId: anyString });
  expect(lines.map(({ detail }) => detail)).toContain("Legrand Connect is ready at http://connect.example");
  // The first one took two seconds: this is another signal, not the echo of the first.
  expect(patient.process.exitCode).toBeNull();
  patient.process.kill("SIGTERM");
  expect(await ended[1]).toEqual([1, null]);
}, 120_000);
