import { afterEach, expect, test, vi } from "vitest";

import type { LinkedAccount } from "#lib/connect/linked-accounts/store.ts";
import { SECRETS } from "#tests/unit/environment.ts";

// This file stubs `fetch` as the cloud. tests/unit/cloud tests the connections to a real one.
vi.mock("#lib/connect/cloud/cloud-fetch.ts", () => ({
  cloudFetch: (...request: Parameters<typeof fetch>) => fetch(...request),
}));

vi.mock("#lib/connect/tokens/get-access-token.ts", () => ({
  getAccessToken: async () => ({ ok: true, accessToken: "at", tokenVersion: 1, grantedScopes: [] }),
}));
vi.mock("#lib/connect/scope-checks/store.ts", () => ({ recordWithdrawnScope: async () => true }));
Object.assign(process.env, SECRETS);
afterEach(() => vi.unstubAllGlobals());

const account = { id: crypto.randomUUID(), grantedScopes: [] as string[] } as LinkedAccount;

test("a hundred unresponsive homes delay a page no longer than one (issue 4, Bad input: slow)", async () => {
  const { readHomes } = await import("#lib/connect/homes/read-homes.ts");
  const plants = Array.from({ length: 100 }, (_, index) => ({ id: `p${index}`, name: `Home ${index}` }));
  let calls = 0;
  vi.stubGlobal("fetch", (address: string, { signal }: RequestInit) => {
    calls++;
    if (address.endsWith("/plants")) return Promise.resolve(Response.json({ plants }));
    return new Promise((_resolve, reject) =>
      signal!.addEventListener("abort", () => reject(signal!.reason as Error)),
    );
  });
  const { homes } = await readHomes(account, 1_500);
  expect(homes.ok && homes.value.map(({ products }) => products)).toEqual(
    plants.map(() => ({ ok: false, problem: { reason: "unreachable" } })),
  );
  expect(calls).toBe(5);
});

test("reads a home that only one of the two APIs knows, and what one API does not answer leaves the other readable", async () => {
  const { readHomes } = await import("#lib/connect/homes/read-homes.ts");
  const answers: Record<string, unknown> = {
    "/smarther/v2.0/plants": {
      plants: [
        { id: "both", name: "Casa" },
        { id: "warm", name: "Baita" },
      ],
    },
    "/smarther/v2.0/plants/both/topology": { plant: { modules: [] } },
    "/smarther/v2.0/plants/warm/topology": { plant: { modules: [] } },
    "/hc/api/v1.0/plants": {
      plants: [
        { id: "both", name: "Casa" },
        { id: "bright", name: "Ufficio" },
      ],
    },
    "/hc/api/v1.0/plants/both/topology": {
      plant: { ambients: [{ name: "Sala", modules: [{ id: "l", name: "Lampada", device: "light" }] }] },
    },
    "/hc/api/v1.0/plants/both": {
      modules: { lights: [{ reachable: true, status: "on", sender: { plant: { module: { id: "l" } } } }] },
    },
  };
  const read = async () => {
    vi.stubGlobal("fetch", (address: string) => {
      const body = answers[new URL(address).pathname.replace("/legrand/api", "")];
      return Promise.resolve(body ? Response.json(body) : Response.json({ errors: [] }, { status: 500 }));
    });
    const { homes } = await readHomes(account);
    return homes.ok
      ? homes.value.map(({ id, devices }) => [
          id,
          devices?.ok ? devices.value : (devices?.problem.reason ?? null),
        ])
      : homes.problem;
  };
  const lamp = {
    id: "l",
    name: "Lampada",
    room: "Sala",
    kind: "light",
    state: { ok: true, value: { isReachable: true, isOn: true, level: null, watts: null, battery: null } },
  };
  expect(await read()).toEqual([
    ["both", [lamp]],
    ["warm", null],
    ["bright", "unreachable"],
  ]);
  delete answers["/hc/api/v1.0/plants"];
  expect(await read()).toEqual([
    ["both", "unreachable"],
    ["warm", "unreachable"],
  ]);
});

test("asks for a silent family by itself if its scope counts as granted, to notice a withdrawn scope (RFC 6750 §3)", async () => {
  const { readDevices } = await import("#lib/connect/homes/read-devices.ts");
  const asked: string[] = [];
  const topology = { plant: { modules: ["a", "b"].map((id) => ({ id, name: id, device: "light" })) } };
  const refused = { ok: false, problem: { reason: "missing_scope", scope: "light.read" } } as const;
  const api = {
    hasChanged: () => false,
    call: async ({ path }: { path: string }) => {
      asked.push(path);
      return path.includes("lighting")
        ? refused
        : { ok: true as const, value: path.endsWith("topology") ? topology : { modules: { lights: [] } } };
    },
  };
  const read = async (grantedScopes: string[]) => readDevices(api, { grantedScopes }, "p");
  expect(await read(["topology.read", "light.read"])).toMatchObject({
    ok: true,
    value: [{ state: refused }, { state: refused }],
  });
  expect(asked.filter((path) => path.includes("lighting"))).toEqual([
    "/light/lighting/addressLocation/plants/p/modules/parameter/id/value/a",
  ]);
  asked.length = 0;
  expect(await read(["topology.read"])).toMatchObject({
    ok: true,
    value: [{ state: refused }, { state: refused }],
  });
  expect(asked).toHaveLength(2);
});
