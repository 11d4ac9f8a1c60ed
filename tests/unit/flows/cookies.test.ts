import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";

import { encode } from "next-auth/jwt";
import { beforeEach, describe, expect, test } from "vitest";

import { SECRETS, setEnvironment } from "#tests/unit/environment.ts";

beforeEach(() => setEnvironment());

describe("a cookie name is distinct for each origin of a host, because cookies ignore the port (RFC 6265 §8.5)", () => {
  test.each([
    ["http://localhost:3200", "connect-3200.session", "legrand-3200.session"],
    ["http://localhost:3201", "connect-3201.session", "legrand-3201.session"],
    ["http://localhost", "connect-80.session", "legrand-80.session"],
    ["https://connect.example", "__Secure-connect-443.session", "legrand-443.session"],
    ["https://connect.example:8443", "__Secure-connect-8443.session", "legrand-8443.session"],
  ])("%s", async (origin, connect, legrand) => {
    setEnvironment({ ORIGIN: origin, PORT: "4711" });
    const { cookieName } = await import("#lib/cookie-name.ts");
    expect([cookieName("connect", "session"), cookieName("legrand", "session")]).toEqual([connect, legrand]);
  });

  test("no name is a prefix of another, for any ports", async () => {
    const { cookieName } = await import("#lib/cookie-name.ts");
    const origins = [
      "http://localhost:320",
      "http://localhost:3200",
      "http://localhost:32000",
      "http://localhost",
    ];
    const sessions = origins.map((origin) => cookieName("connect", "session", origin));
    const others = origins.flatMap((origin) =>
      [
        "csrf",
        "state",
        "verifier",
        "nonce",
        "callback-url",
        "requested-scopes",
        "challenge",
        "reason",
        "thermostat",
        "notice",
        "begun",
      ].map((name) => cookieName("connect", name, origin)),
    );
    for (const session of sessions)
      expect([...sessions, ...others].filter((name) => name.startsWith(session))).toEqual([session]);
  });
});

describe("the server removes cookies that would break next-auth from a request, and makes the browser delete them", () => {
  async function pass(cookie: string | undefined) {
    const { dropUnusableCookies } = await import("#lib/server/front/drop-unusable-cookies.ts");
    const request = new IncomingMessage(new Socket());
    if (cookie !== undefined) request.headers.cookie = cookie;
    const response = new ServerResponse(request);
    dropUnusableCookies(request, response);
    return { cookie: request.headers.cookie, deleted: [response.getHeader("set-cookie") ?? []].flat() };
  }

  test("the other cookies keep their order and their bytes", async () => {
    expect(
      await pass(
        'a=1; connect-3000.session.0=x; connect-3000.session=s=%20; connect-3000.callback-url=undefined; b="q"',
      ),
    ).toEqual({
      cookie: 'a=1; connect-3000.session=s=%20; b="q"',
      deleted: ["connect-3000.session.0", "connect-3000.callback-url"].map(
        (name) => `${name}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax`,
      ),
    });
  });

  test("removes a cookie from the request even if no server can delete it, because its name has a space", async () => {
    expect(await pass("a=1; connect-3000.session x=y; a=2")).toEqual({ cookie: "a=1; a=2", deleted: [] });
  });

  test.each([
    undefined,
    "",
    "connect-3000.session=s; connect-3000.state.aaaaaaaaaaaaaaaa=x; connect-3001.session.0=y; authjs.session-token.0=z",
  ])("removes nothing: %s", async (cookie) => {
    expect(await pass(cookie)).toEqual({ cookie, deleted: [] });
  });
});

describe("a browser keeps the five newest flows", () => {
  const salt = "connect-3000.state";
  const seal = (state: string, secret = SECRETS.AUTH_SECRET) =>
    encode({ token: { value: state }, secret, salt, maxAge: 900 });

  async function makeFlows(count: number, secret?: string) {
    const { flowCookie } = await import("#lib/connect/flows/flow.ts");
    return Promise.all(
      Array.from({ length: count }, async (_, index) => ({
        name: flowCookie(salt, `state-${index}`),
        value: await seal(`state-${index}`, secret),
      })),
    );
  }

  test("deletes the oldest ones, so that five remain with the new one", async () => {
    const { listSurplusCookies } = await import("#lib/connect/flows/flow.ts");
    const flows = await makeFlows(7);
    expect(await listSurplusCookies(flows)).toEqual(flows.slice(0, 3).map(({ name }) => name));
    expect(await listSurplusCookies(flows.slice(0, 4))).toEqual([]);
  });

  test("deletes a flow with an unreadable state, with all its cookies", async () => {
    const { flowCookie, listSurplusCookies } = await import("#lib/connect/flows/flow.ts");
    const [unreadable] = await makeFlows(1, "another secret of at least 32 characters");
    const orphan = { name: flowCookie("connect-3000.nonce", "gone"), value: "x" };
    const verifier = { name: unreadable!.name.replace("state", "verifier"), value: "x" };
    expect(await listSurplusCookies([unreadable!, verifier, orphan, { name: "other", value: "x" }])).toEqual([
      unreadable!.name,
      verifier.name,
      orphan.name,
    ]);
  });

  test("finds a flow only by the state in its own cookie", async () => {
    const { findFlow, flowCookie } = await import("#lib/connect/flows/flow.ts");
    const [value, verifier] = [await seal("mine"), `${flowCookie("connect-3000.verifier", "mine")}=v`];
    expect(await findFlow(`${flowCookie(salt, "mine")}=${value}; ${verifier}`, "mine")).toMatchObject({
      isOpen: true,
      secret: value,
    });
    expect(await findFlow(`${flowCookie(salt, "mine")}=${value}`, "mine")).toMatchObject({ isOpen: false });
    expect(await findFlow(`${flowCookie(salt, "other")}=${value}; ${verifier}`, "other")).toBeNull();
    for (const header of [null, "", `${flowCookie(salt, "mine")}=forged; ${verifier}`, `${salt}=${value}`])
      expect(await findFlow(header, "mine")).toBeNull();
  });
});
