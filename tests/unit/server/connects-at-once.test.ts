import { once } from "node:events";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { connect } from "node:net";

import { expect, onTestFinished, test } from "vitest";

import { limitConnects } from "#lib/server/front/connects-at-once.ts";

/** Starts a server that works on at most `limit` connects and answers a request when the test says so. */
async function startLimited(limit: number) {
  const isOneTooMany = limitConnects(limit);
  const worked: ServerResponse[] = [];
  const server = createServer((incoming, response) => {
    if (isOneTooMany(incoming, response)) return;
    worked.push(response);
    incoming.resume();
  }).listen(0, "127.0.0.1");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const send = (method: string, path: string, headers: Record<string, string> = {}) =>
    request({ port, host: "127.0.0.1", method, path, headers: { accept: "text/html", ...headers } });
  /** Resolves with the answer. */
  const answerTo = async (method: string, path: string, headers?: Record<string, string>) => {
    const [response] = (await once(send(method, path, headers).end(), "response")) as [IncomingMessage];
    return {
      status: response.statusCode!,
      headers: response.headers,
      body: Buffer.concat((await response.toArray()) as Buffer[]).toString(),
    };
  };
  /** Resolves when the server has started to work on the request. */
  const begin = async (method: string, path: string, body = "") => {
    const before = worked.length;
    send(method, path, { "content-length": String(body.length) })
      .on("error", () => {})
      .end(body);
    await expect.poll(() => worked.length).toBe(before + 1);
  };
  /** Answers the next request that the server starts to work on. */
  const answerNext = async (work: Promise<unknown>) => {
    const before = worked.length;
    await expect.poll(() => worked.length).toBe(before + 1);
    worked.at(-1)!.end("done");
    return work;
  };
  return { port, answerTo, begin, answerNext, worked };
}

const STEPS: [string, string][] = [
  ["POST", "/connect"],
  ["GET", "/legrand/authorize?client_id=x"],
  ["GET", "/legrand/authorize/uid"],
  ["GET", "/legrand/interaction/uid"],
  ["POST", "/legrand/interaction/uid/sign-in"],
  ["POST", "/legrand/interaction/uid/consent"],
  ["GET", "/api/auth/callback/legrand?code=x"],
];

test.each(STEPS)(
  "while %s %s is in progress at the limit, answers POST /connect with 503, Retry-After (RFC 9110 §10.2.3) and a page",
  async (method, path) => {
    const { answerTo, begin } = await startLimited(1);
    await begin(method, path);
    const { status, headers, body } = await answerTo("POST", "/connect");
    expect(status).toBe(503);
    expect(Number(headers["retry-after"])).toBeGreaterThanOrEqual(3);
    expect(Number(headers["retry-after"])).toBeLessThanOrEqual(7);
    expect(headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
    });
    expect(body).toContain("<h1>Many people are connecting right now</h1>");
    expect(body).toContain(`Wait ${headers["retry-after"]} seconds`);
  },
);

test.each(["/connect/", "/%63onnect", "/connect?again", "/api/auth/signin/legrand"])(
  "refuses a connect that begins at %s too",
  async (path) => {
    const { answerTo, begin } = await startLimited(1);
    await begin("GET", "/legrand/authorize");
    expect(await answerTo("POST", path)).toMatchObject({ status: 503 });
  },
);

test("answers a program with JSON", async () => {
  const { answerTo, begin } = await startLimited(1);
  await begin("GET", "/legrand/authorize");
  const { status, headers, body } = await answerTo("POST", "/connect", { accept: "*/*" });
  expect([status, headers["content-type"], JSON.parse(body).error]).toEqual([
    503,
    "application/json",
    "temporarily_unavailable",
  ]);
});

test.each(STEPS.slice(1))(
  "refuses only the first step: %s %s continues however many are in progress",
  async (method, path) => {
    const { answerTo, begin, answerNext } = await startLimited(1);
    for (let one = 0; one < 3; one++) await begin("GET", "/legrand/interaction/uid");
    expect(await answerNext(answerTo(method, path))).toMatchObject({ status: 200 });
  },
);

test("a person who reads a page, or never comes back, does not count", async () => {
  const { answerTo, answerNext } = await startLimited(1);
  for (let stranger = 0; stranger < 5; stranger++) {
    expect(await answerNext(answerTo("POST", "/connect"))).toMatchObject({ status: 200 });
    expect(await answerNext(answerTo("GET", "/legrand/interaction/uid"))).toMatchObject({ status: 200 });
  }
});

test("a stranger who sends a step's body slowly does not count", async () => {
  const { port, worked, answerTo, answerNext } = await startLimited(1);
  const slow = connect(port, "127.0.0.1").on("error", () => {});
  onTestFinished(() => {
    slow.destroy();
  });
  slow.write(
    "POST /legrand/interaction/uid/sign-in HTTP/1.1\r\nhost: here\r\ncontent-length: 100\r\n\r\nemail=",
  );
  await expect.poll(() => worked.length).toBe(1);
  expect(await answerNext(answerTo("POST", "/connect"))).toMatchObject({ status: 200 });
});

test.each(["end", "write"] as const)(
  "a stranger who does not read an answer does not count (%s)",
  async (method) => {
    const { port, worked, answerTo, answerNext } = await startLimited(1);
    const slow = connect(port, "127.0.0.1").on("error", () => {});
    onTestFinished(() => {
      slow.destroy();
    });
    slow.pause().write("GET /legrand/interaction/uid HTTP/1.1\r\nhost: here\r\n\r\n");
    await expect.poll(() => worked.length).toBe(1);
    worked[0]![method](Buffer.alloc(32 * 1024 * 1024));
    expect(await answerNext(answerTo("POST", "/connect"))).toMatchObject({ status: 200 });
  },
);

test("a broken connection releases its slot", async () => {
  const { port, worked, answerTo, answerNext } = await startLimited(1);
  const gone = connect(port, "127.0.0.1").on("error", () => {});
  gone.write("GET /legrand/interaction/uid HTTP/1.1\r\nhost: here\r\n\r\n");
  await expect.poll(() => worked.length).toBe(1);
  gone.destroy();
  await once(worked[0]!, "close");
  expect(await answerNext(answerTo("POST", "/connect"))).toMatchObject({ status: 200 });
});

test("neither counts nor refuses other addresses", async () => {
  const { answerTo, begin, answerNext } = await startLimited(1);
  for (const path of [
    "/",
    "/account",
    "/connect",
    "/legrand/token",
    "/connected",
    "/legrand/interactions",
    "/legrand/applications",
  ])
    await begin("GET", path);
  expect(await answerNext(answerTo("POST", "/connect"))).toMatchObject({ status: 200 });
});
