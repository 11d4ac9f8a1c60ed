import { beforeAll, expect, test } from "vitest";

import { authorize } from "#tests/factories/authorize.ts";
import {
  callApi,
  callHomeControl,
  callUserinfo,
  connect,
  isActive,
  postForm,
  redeem,
  refresh,
} from "#tests/factories/client.ts";
import { readHome, thermostatPath, type TestHome } from "#tests/factories/homes.ts";
import { furnishHome, productPath, type FurnishedHome } from "#tests/factories/home-control.ts";
import { ownServer } from "#tests/factories/own-server.ts";
import { subscriptionKey } from "#tests/factories/subscription-key.ts";
import { query, statementsOf } from "#tests/harness/database.ts";

const SCOPES = ["openid", "topology.read", "comfort.read", "comfort.write", "light.read"];

ownServer();
let connected: Awaited<ReturnType<typeof connect>>;
let home: TestHome;
let furnished: FurnishedHome;

beforeAll(async () => {
  connected = await connect({ scope: SCOPES.join(" "), scopes: SCOPES.slice(1) });
  home = await readHome(connected.account.id);
  furnished = await furnishHome(home.plantId);
  await subscriptionKey();
});

/**
 * Returns the functions and tables of the sandbox that the statements of `work` name first, one entry for each
 * statement. The record of requests is written by a timer, in one statement for all requests of half a second
 * (decision 62), so it is left out here.
 */
async function namesOf(work: () => Promise<unknown>): Promise<string[]> {
  const statements = await statementsOf(work);
  return statements
    .flatMap((text) => /\blegrand_\w+/.exec(text)?.[0] ?? [])
    .filter((name) => name !== "legrand_request_attempt");
}

/** Makes the last use of everything an hour old, so that the next use has to be recorded. */
const age = () =>
  query(
    `WITH grants AS (UPDATE legrand_grant SET last_used_at = now() - interval '1 hour' WHERE client_id = $1::uuid),
       secrets AS (UPDATE legrand_client_secret SET last_used_at = now() - interval '1 hour' WHERE client_id = $1::uuid)
     UPDATE legrand_application SET last_used_at = now() - interval '1 hour' WHERE client_id = $1::uuid RETURNING 1 AS done`,
    connected.application.clientId,
  );

const succeed = async (response: Promise<Response>) => expect((await response).status).toBe(200);

test.each<[string, () => Promise<Response>, string[]]>([
  ["the list of homes", () => callApi(connected.tokens.access_token), []],
  [
    "the list of homes by HEAD",
    () => callApi(connected.tokens.access_token, "/plants", { method: "HEAD" }),
    [],
  ],
  [
    "the list of homes of the Home + Control API",
    () => callHomeControl(connected.tokens.access_token, "/plants"),
    [],
  ],
  [
    "the topology of a home",
    () => callApi(connected.tokens.access_token, `/plants/${home.plantId}/topology`),
    ["legrand_module"],
  ],
  ["a thermostat", () => callApi(connected.tokens.access_token, thermostatPath(home)), ["legrand_module"]],
  [
    "the rooms of a home",
    () => callHomeControl(connected.tokens.access_token, `/plants/${home.plantId}/topology`),
    ["legrand_product"],
  ],
  [
    "the products of a home",
    () => callHomeControl(connected.tokens.access_token, `/plants/${home.plantId}`),
    ["legrand_product"],
  ],
  [
    "a light",
    () =>
      callHomeControl(
        connected.tokens.access_token,
        productPath(furnished, "light/lighting", Object.keys(furnished.ids)[0]!),
      ),
    ["legrand_product"],
  ],
])(
  "%s takes one statement for all checks, and one for what they do not return",
  async (_what, call, data) => {
    for (const prepare of [age, () => Promise.resolve()]) {
      await prepare();
      expect(await namesOf(() => succeed(call()))).toEqual(["legrand_api_call", ...data]);
    }
  },
);

test("a refused call takes one statement, and none without a token and a key", async () => {
  expect(await namesOf(() => callApi("x".repeat(43)))).toEqual(["legrand_api_call"]);
  expect(await namesOf(() => fetch(callApiAddress()))).toEqual([]);
});

const callApiAddress = () => `${process.env.TEST_ORIGIN}/legrand/api/smarther/v2.0/plants`;

test("a token request takes two statements, also if its uses have to be recorded (decision 3)", async () => {
  const { application, account, browser } = connected;
  const expected = ["legrand_token_request", "legrand_commit"];
  let { refresh_token: token } = connected.tokens;
  for (const prepare of [age, () => Promise.resolve()]) {
    await prepare();
    expect(
      await namesOf(async () => {
        const { status, body } = await refresh(application, token);
        expect(status).toBe(200);
        token = String(body.refresh_token);
      }),
    ).toEqual(expected);
    const { code } = await authorize({ application, account, browser, scope: "openid" });
    await prepare();
    expect(await namesOf(async () => expect((await redeem(application, code)).status).toBe(200))).toEqual(
      expected,
    );
  }
});

test("an authorization request with a remembered consent takes two statements", async () => {
  const { application, account, browser } = connected;
  expect(await namesOf(() => authorize({ application, account, browser, scope: "openid" }))).toEqual([
    "legrand_authorization_request",
    "legrand_commit",
  ]);
});

test("userinfo takes one statement, and once a minute another one for its use", async () => {
  const call = () => succeed(callUserinfo(connected.tokens.access_token));
  await age();
  expect(await namesOf(call)).toEqual(["legrand_token", "legrand_record_grant_use"]);
  expect(await namesOf(call)).toEqual(["legrand_token"]);
});

test("introspection takes two statements, and once a minute another one for the use of the client", async () => {
  const { application, tokens } = connected;
  const introspect = async () => expect(await isActive(application, tokens.access_token)).toBe(true);
  const expected = ["legrand_application_json", "legrand_token"];
  await age();
  expect(await namesOf(introspect)).toEqual([...expected, "legrand_record_client_use"]);
  expect(await namesOf(introspect)).toEqual(expected);
});

test("a refused token request records at once that its client was used", async () => {
  const { application } = connected;
  await age();
  const names = await namesOf(() => refresh(application, "x".repeat(43)));
  expect(names.slice(0, 2)).toEqual(["legrand_token_request", "legrand_record_client_use"]);
});

test("a revocation reads its token by one statement", async () => {
  const { application, account, browser } = connected;
  const { code } = await authorize({ application, account, browser, scope: "openid" });
  const { body } = await redeem(application, code);
  const names = await namesOf(() =>
    postForm("/revoke", {
      client_id: application.clientId,
      client_secret: application.clientSecret,
      token: String(body.access_token),
    }),
  );
  expect(names.slice(0, 2)).toEqual(["legrand_application_json", "legrand_token"]);
  expect(names.filter((name) => name === "legrand_token")).toHaveLength(1);
});
