import { afterEach, expect, test, vi } from "vitest";

import type { LinkedAccount } from "#lib/connect/linked-accounts/store.ts";
import { SECRETS } from "#tests/unit/environment.ts";

// The cloud of this file is a stubbed `fetch`; the connections to a real one are tests/unit/cloud's matter.
vi.mock("#lib/connect/cloud/cloud-fetch.ts", () => ({ cloudFetch: (...request: Parameters<typeof fetch>) => fetch(...request) }));

vi.mock("#lib/connect/tokens/get-access-token.ts", () => ({ getAccessToken: async () => ({ ok: true, accessToken: "at", tokenVersion: 1, grantedScopes: [] }) }));
vi.mock("#lib/connect/tokens/note-withdrawn-scope.ts", () => ({ noteWithdrawnScope: async () => true }));
Object.assign(process.env, SECRETS);
afterEach(() => vi.unstubAllGlobals());

const account = { id: crypto.randomUUID(), grantedScopes: [] as string[] } as LinkedAccount;

test("a hundred homes that do not answer hold a page no longer than one (issue 4, Bad input: slow)", async () => {
  const { readHomes } = await import("#lib/connect/homes/read-homes.ts");
  const plants = Array.from({ length: 100 }, (_, index) => ({ id: `p${index}`, name: `Home ${index}` }));
  let calls = 0;
  vi.stubGlobal("fetch", (address: string, { signal }: RequestInit) => {
    calls++;
    if (address.endsWith("/plants")) return Promise.resolve(Response.json({ plants }));
    return new Promise((_resolve, reject) => signal!.addEventListener("abort", () => reject(signal!.reason as Error)));
  });
  const { homes } = await readHomes(account, 300);
  expect(homes.ok && homes.value.map(({ products }) => products)).toEqual(plants.map(() => ({ ok: false, problem: { reason: "unreachable" } })));
  expect(calls).toBe(5);
});
