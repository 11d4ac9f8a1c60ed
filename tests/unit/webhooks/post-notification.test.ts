import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { startEndPoint, type TestEndPoint } from "#tests/factories/start-end-point.ts";
import { setEnvironment } from "#tests/unit/environment.ts";

let endPoint: TestEndPoint;
let local: string;

beforeAll(async () => {
  endPoint = await startEndPoint();
  local = endPoint.url;
});
afterAll(() => endPoint.stop());

/**
 * Loads the modules of a sandbox with this origin. `mayBeLocal` means that the subscriber is on this machine.
 */
async function load(origin: string | undefined, mayBeLocal = true) {
  setEnvironment({ ORIGIN: origin });
  const { endPointSchema } = await import("#lib/legrand/webhooks/end-point-schema.ts");
  const { postNotification } = await import("#lib/legrand/webhooks/post-notification.ts");
  const problemOf = (EndPointUrl: unknown) =>
    endPointSchema(mayBeLocal).safeParse({ EndPointUrl }).error?.issues[0]?.message ?? null;
  return {
    problemOf,
    postNotification: (endPointUrl: string, body: string) =>
      postNotification({ endPointUrl, mayBeLocal }, body),
  };
}

describe("a sandbox on this machine", () => {
  test("accepts https anywhere, and http on this machine", async () => {
    const { problemOf } = await load(undefined);
    for (const url of [
      "https://thermo.example/c2c?key=1",
      "https://192.168.1.4:8443/",
      local,
      "http://127.0.0.1:1234/x",
    ])
      expect(problemOf(url)).toBeNull();
    expect(problemOf("http://thermo.example/c2c")).toBe("has to begin with https://");
  });

  test("does not follow a redirect, and counts it as a failure because its status is not below 300", async () => {
    const { postNotification } = await load(undefined);
    endPoint.answer = (response) => {
      response.writeHead(307, { location: local }).end();
    };
    expect(await postNotification(local, "[]")).toBe(false);
    endPoint.answer = (response) => {
      response.writeHead(204).end();
    };
    expect(await postNotification(local, "[]")).toBe(true);
    expect(endPoint.received).toHaveLength(2);
  });

  test("accepts an endless response by its status line", async () => {
    const { postNotification } = await load(undefined);
    endPoint.answer = (response) => {
      response.writeHead(200);
      response.write("x".repeat(100));
    };
    expect(await postNotification(local, "[]")).toBe(true);
  });

  test("counts a switch to another protocol as a failure, and does not wait for it (RFC 9110 §7.8)", async () => {
    const { postNotification } = await load(undefined);
    endPoint.answer = ({ socket }) => {
      socket!.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
    };
    expect(await postNotification(local, "[]")).toBe(false);
  });
});

describe.each([
  ["a sandbox on the internet", "https://sandbox.example", true],
  ["a subscriber on another machine", undefined, false],
  ["both", "https://sandbox.example", false],
])("%s", (_case, ORIGIN, mayBeLocal) => {
  test.each([
    [local, "http://localhost/"],
    ["", "https://localhost/x"],
    ["", "https://127.0.0.1/"],
    ["", "https://2130706433/"],
    ["", "https://[::1]/"],
    ["", "https://169.254.169.254/latest/meta-data"],
    ["", "https://10.0.0.1/"],
  ])("refuses an address that is not on the internet: %s %s", async (_local, url) => {
    const { problemOf } = await load(ORIGIN, false);
    expect(problemOf(url)).toMatch(/has to begin with https|not public/);
  });

  test.each(["http", "https"])(
    "connects to no address on its own machine, even a stored one: %s",
    async (protocol) => {
      const { postNotification } = await load(ORIGIN, mayBeLocal);
      const before = endPoint.received.length;
      const { port } = new URL(endPoint.url);
      // A name is resolved first, an address is not.
      for (const host of ["localhost", "127.0.0.1"])
        expect(await postNotification(`${protocol}://${host}:${port}/`, "[]")).toBe(false);
      expect(endPoint.received).toHaveLength(before);
    },
  );
});

test("removes the fragment of an endpoint, which would otherwise count its failures separately (RFC 9110 §7.1)", async () => {
  await load(undefined);
  const { endPointSchema } = await import("#lib/legrand/webhooks/end-point-schema.ts");
  expect(endPointSchema(true).parse({ EndPointUrl: "https://thermo.example/c2c?key=1#2" })).toEqual({
    EndPointUrl: "https://thermo.example/c2c?key=1",
  });
});

describe("refuses an invalid endpoint with the reason", () => {
  test.each([
    [undefined, "has to be a URL"],
    [5, "has to be a URL"],
    ["", "has to be a URL"],
    ["thermo.example/c2c", "has to be a URL"],
    ["ftp://thermo.example/", "has to begin with https://"],
    ["javascript:alert(1)", "has to begin with https://"],
    ["https://user:secret@thermo.example/", "has a user name or a password in it"],
    ["https://user@thermo.example/", "has a user name or a password in it"],
    [`https://thermo.example/${"x".repeat(1000)}`, "has to be at most 1000 characters long"],
    [`https://thermo.example/${"é".repeat(400)}`, "has to be at most 1000 characters long"],
  ])("%s", async (url, problem) => {
    const { problemOf } = await load(undefined);
    expect(problemOf(url)).toBe(problem);
  });
});
