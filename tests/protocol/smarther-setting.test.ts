import { randomUUID } from "node:crypto";

import { beforeAll, describe, expect, test } from "vitest";

import { authorize } from "#tests/factories/authorize.ts";
import { callApi, connect, issuer, redeem } from "#tests/factories/client.ts";
import { readHome, thermostatPath, type TestHome } from "#tests/factories/homes.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { subscriptionKey } from "#tests/factories/subscription-key.ts";
import { digest } from "#lib/crypto/digest.ts";
import { query } from "#tests/harness/database.ts";

const ALL = "topology.read comfort.read comfort.write";
const NOT_FOUND = { statusCode: 404, message: "Resource not found" };

type Person = {
  home: TestHome;
  accessToken: string;
  accountId: string;
  application: Awaited<ReturnType<typeof makeApplication>>;
};

/** Makes a person with a home, and an application's token with those scopes. */
async function connected(scope = ALL): Promise<Person> {
  const { account, tokens, application } = await connect({ scope });
  return {
    home: await readHome(account.id),
    accessToken: tokens.access_token,
    accountId: account.id,
    application,
  };
}

const post = (accessToken: string, path: string, body: unknown) =>
  callApi(accessToken, path, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const set = ({ accessToken, home }: Person, body: unknown) => post(accessToken, thermostatPath(home), body);
const manual = (value: unknown, more = {}) => ({
  function: "heating",
  mode: "manual",
  setPoint: { value, unit: "C" },
  ...more,
});

async function statusOf({ accessToken, home }: Person): Promise<Record<string, unknown>> {
  const response = await callApi(accessToken, thermostatPath(home));
  return ((await response.json()) as { chronothermostats: Record<string, unknown>[] }).chronothermostats[0]!;
}

/**
 * Returns the stored rows of every thermostat of a home, so that a test can prove that nothing was changed.
 */
const stored = ({ home }: Pick<Person, "home">) =>
  query(
    `SELECT row_to_json(m)::text AS row FROM legrand_module m WHERE plant_id = $1::uuid ORDER BY position`,
    home.plantId,
  );

describe("setting a thermostat (Legrand, Set Chronothermostat Status)", () => {
  test("manual mode is 200 without a body, and the status shows it", async () => {
    const person = await connected();
    const response = await set(person, manual(22.5));
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect(await statusOf(person)).toMatchObject({
      function: "HEATING",
      mode: "MANUAL",
      setPoint: { value: "22.50000", unit: "C" },
      loadState: "ACTIVE",
    });
    expect(await statusOf(person)).not.toHaveProperty("activationTime");
  });

  test("changes only that thermostat", async () => {
    const person = await connected();
    const [first, ...others] = await stored(person);
    await set(person, manual(25));
    const [changed, ...untouched] = await stored(person);
    expect(changed).not.toEqual(first);
    expect(others).not.toEqual([]);
    expect(untouched).toEqual(others);
  });

  test.each([
    [
      "automatic",
      { function: "heating", mode: "automatic", programs: [{ number: 3 }] },
      {
        mode: "AUTOMATIC",
        setPoint: { value: "15.00000" },
        programs: [{ number: 3 }],
        loadState: "INACTIVE",
      },
    ],
    [
      "boost",
      { function: "heating", mode: "boost" },
      {
        mode: "BOOST",
        activationTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
        loadState: "ACTIVE",
      },
    ],
    ["off", { function: "heating", mode: "off" }, { mode: "OFF", loadState: "INACTIVE" }],
    [
      "protection",
      { function: "heating", mode: "protection" },
      { mode: "PROTECTION", setPoint: { value: "7.00000" }, loadState: "INACTIVE" },
    ],
    [
      "cooling",
      { function: "cooling", mode: "manual", setPoint: { value: "16", unit: "C" } },
      { function: "COOLING", mode: "MANUAL", loadState: "ACTIVE" },
    ],
    [
      "upper case, as openHAB sends it",
      { function: "HEATING", mode: "MANUAL", setPoint: { value: 21, unit: "C" }, activationTime: "" },
      { mode: "MANUAL" },
    ],
  ])("%s", async (_name, body, status) => {
    const person = await connected();
    expect((await set(person, body)).status).toBe(200);
    expect(await statusOf(person)).toMatchObject(status);
  });

  test("manual mode with an end shows the end", async () => {
    const person = await connected();
    expect((await set(person, manual(21, { activationTime: "2031-01-15T18:00:00" }))).status).toBe(200);
    expect(await statusOf(person)).toMatchObject({ mode: "MANUAL", activationTime: "2031-01-15T18:00:00" });
  });

  test("an application with activationTime “With offset” reads the end with its offset, and may send it with or without one (decision 48)", async () => {
    const person = await connected();
    await query(
      `UPDATE legrand_application SET activation_time = 'with_offset' WHERE client_id = $1::uuid RETURNING 1 AS done`,
      person.application.clientId,
    );
    for (const activationTime of [
      "2031-01-15T18:00:00",
      "2031-01-15T18:00:00+01:00",
      "2031-01-15T17:00:00Z",
    ]) {
      expect((await set(person, manual(21, { activationTime }))).status).toBe(200);
      expect(await statusOf(person)).toMatchObject({ activationTime: "2031-01-15T18:00:00+01:00" });
    }
  });

  test("twenty simultaneous settings all succeed in sequence, and the thermostat matches one of them", async () => {
    const person = await connected();
    const wanted = Array.from({ length: 20 }, (_, index) => 10 + index);
    const responses = await Promise.all(
      wanted.map((value, index) =>
        set(person, index % 2 ? manual(value) : { mode: "automatic", programs: [{ number: 2 }] }),
      ),
    );
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    const { mode, setPoint, programs } = await statusOf(person);
    if (mode === "MANUAL") expect(wanted).toContain(Number((setPoint as { value: string }).value));
    // Half of the requests set this program, and the others left it unchanged.
    expect(programs).toEqual([{ number: 2 }]);
  });
});

describe("an invalid request is 430 with the parameter and the reason, and changes nothing", () => {
  let person: Person;
  beforeAll(async () => {
    person = await connected();
  });

  test.each([
    [
      "a set point that is no number",
      manual("warm"),
      "Wrong parameters: setPoint.value has to be a number from 7 to 40 °C",
    ],
    ["below 7 °C", manual(6.9), "Wrong parameters: setPoint.value has to be a number from 7 to 40 °C"],
    ["above 40 °C", manual(40.1), "Wrong parameters: setPoint.value has to be a number from 7 to 40 °C"],
    [
      "an unknown mode",
      { ...manual(21), mode: "turbo" },
      "Wrong parameters: mode has to be one of automatic, manual, boost, off, protection",
    ],
    [
      "an unknown function",
      { ...manual(21), function: "drying" },
      "Wrong parameters: function has to be one of heating, cooling",
    ],
    [
      "no set point",
      { function: "heating", mode: "manual" },
      "Wrong parameters: setPoint is missing: manual mode needs one",
    ],
    [
      "an unknown program",
      { mode: "automatic", programs: [{ number: 11 }] },
      "Wrong parameters: programs[0].number has to be the number of a program: 1, 2, 3",
    ],
    [
      "an end that has passed",
      manual(21, { activationTime: "2020-01-01T00:00:00" }),
      "Wrong parameters: activationTime has passed: a time without an offset is that of the house, Europe/Paris",
    ],
    ["a list", [manual(21)], "Wrong parameters: the body has to be an object"],
    ["no JSON", "mode=manual", "Wrong parameters: the body is not JSON in UTF-8"],
    ["nothing", "", "Wrong parameters: the body is not JSON in UTF-8"],
    ["half a JSON", '{"function":"heating",', "Wrong parameters: the body is not JSON in UTF-8"],
    [
      "far too much",
      JSON.stringify(manual(21, { note: "x".repeat(3_000_000) })),
      "Wrong parameters: the body is larger than 16 KB",
    ],
    [
      "too much",
      JSON.stringify(manual(21, { note: "x".repeat(20_000) })),
      "Wrong parameters: the body is larger than 16 KB",
    ],
  ])("%s", async (_what, body, message) => {
    const before = await stored(person);
    const response = await set(person, body);
    expect([response.status, await response.json()]).toEqual([430, { statusCode: 430, message }]);
    expect(response.headers.get("content-type")).toContain("application/json");
    expect(await stored(person)).toEqual(before);
  });

  test("bytes that are not UTF-8, and properties that JavaScript treats specially", async () => {
    const before = await stored(person);
    const response = await callApi(person.accessToken, thermostatPath(person.home), {
      method: "POST",
      body: new Uint8Array([0x7b, 0xff, 0x7d]),
    });
    expect(response.status).toBe(430);
    expect((await set(person, '{"__proto__":{"mode":"off"},"constructor":1}')).status).toBe(430);
    expect(await stored(person)).toEqual(before);
  });
});

describe("a thermostat that the caller cannot set", () => {
  test("another account's, an unknown one and a malformed id are the same 404, and nothing is changed", async () => {
    const [person, other] = [await connected(), await connected()];
    const before = await stored(other);
    const strange = [
      other.home,
      { ...person.home, moduleIds: other.home.moduleIds },
      { ...other.home, moduleIds: person.home.moduleIds },
      { ...person.home, moduleIds: [randomUUID()] },
      { plantId: "x", moduleIds: ["y"] },
    ];
    for (const home of strange) {
      const response = await set({ ...person, home }, manual(30));
      expect([response.status, await response.json()]).toEqual([404, NOT_FOUND]);
    }
    expect(await stored(other)).toEqual(before);
  });

  test('in a home whose gateway is offline: 404 "Gateway offline", and nothing is changed', async () => {
    const person = await connected();
    await query(
      `UPDATE legrand_plant SET gateway_online = false WHERE id = $1::uuid RETURNING 1 AS done`,
      person.home.plantId,
    );
    const before = await stored(person);
    const response = await set(person, manual(30));
    expect([response.status, await response.json()]).toEqual([
      404,
      { statusCode: 404, message: "Gateway offline" },
    ]);
    expect(await stored(person)).toEqual(before);
  });
});

/** Every operation of the API: method, path, the scope that it needs, and a valid body. */
const operationsOf = (home: TestHome): [method: string, path: string, scope: string, body?: unknown][] => [
  ["GET", "/plants", "topology.read"],
  ["GET", `/plants/${home.plantId}/topology`, "topology.read"],
  ["GET", thermostatPath(home), "comfort.read"],
  ["GET", `${thermostatPath(home)}/measures`, "comfort.read"],
  ["GET", `${thermostatPath(home)}/programlist`, "comfort.read"],
  ["POST", thermostatPath(home), "comfort.write", manual(30)],
  [
    "POST",
    `/plants/${home.plantId}/subscription`,
    "comfort.read",
    { EndPointUrl: "https://thermo.example/c2c" },
  ],
  ["GET", "/subscription", "comfort.read"],
  ["DELETE", `/plants/${home.plantId}/subscription/${randomUUID()}`, "comfort.read"],
];
const OPERATIONS = operationsOf({ plantId: "", moduleIds: [""] }).map(
  ([method, path], index) => [`${method} ${path}`, index] as const,
);

describe("each operation checks key, token and scope (RFC 6750 §3)", () => {
  let person: Person;
  beforeAll(async () => {
    person = await connected();
  });

  /** Calls the operation with that index and these headers. */
  async function call(index: number, headers: Record<string, string>, { home } = person) {
    const [method, path, scope, body] = operationsOf(home)[index]!;
    const response = await fetch(`${issuer()}/api/smarther/v2.0${path}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return {
      status: response.status,
      challenge: response.headers.get("www-authenticate"),
      body: text ? (JSON.parse(text) as Record<string, unknown>) : null,
      scope,
    };
  }
  const withKey = async (authorization?: string): Promise<Record<string, string>> => ({
    "Ocp-Apim-Subscription-Key": await subscriptionKey(),
    ...(authorization ? { authorization } : {}),
  });

  test.each(OPERATIONS)("%s: refuses a call without a key, before any other check", async (_name, index) => {
    const before = await stored(person);
    expect(await call(index, { authorization: `Bearer ${person.accessToken}` })).toMatchObject({
      status: 401,
      challenge: null,
      body: { statusCode: 401, message: expect.stringContaining("missing subscription key") },
    });
    expect(await call(index, { "Ocp-Apim-Subscription-Key": "wrong" })).toMatchObject({
      status: 401,
      body: { message: expect.stringContaining("invalid subscription key") },
    });
    expect(await stored(person)).toEqual(before);
  });

  test.each(OPERATIONS)(
    "%s: refuses a call without a token, or with an invalid one",
    async (_name, index) => {
      const before = await stored(person);
      expect(await call(index, await withKey())).toMatchObject({
        status: 401,
        challenge: "Bearer",
        body: { statusCode: 401, message: "Access denied due to missing access token." },
      });
      for (const value of [
        `Bearer ${"x".repeat(43)}`,
        "Bearer",
        "Basic eDp5",
        `Bearer ${person.accessToken}x`,
        person.accessToken,
      ]) {
        expect(await call(index, await withKey(value))).toMatchObject({
          status: 401,
          challenge: 'Bearer error="invalid_token"',
          body: { statusCode: 401 },
        });
      }
      expect(await stored(person)).toEqual(before);
    },
  );

  test.each(OPERATIONS)(
    "%s: refuses too small a scope, and the challenge names the missing one",
    async (_name, index) => {
      const [, , scope] = operationsOf(person.home)[index]!;
      const small = await connected("openid topology.read");
      if (scope === "topology.read")
        await query(
          `UPDATE legrand_grant SET granted_scopes = '{openid}' WHERE account_id = $1::uuid RETURNING 1 AS done`,
          small.accountId,
        );
      const before = await stored(small);
      expect(await call(index, await withKey(`Bearer ${small.accessToken}`), small)).toMatchObject({
        status: 403,
        challenge: `Bearer error="insufficient_scope", scope="${scope}"`,
        body: { statusCode: 403, message: `The access token does not have the scope ${scope}.` },
      });
      expect(await stored(small)).toEqual(before);
    },
  );

  test("with comfort.read alone a thermostat can be read and not set", async () => {
    const reader = await connected("topology.read comfort.read");
    expect((await callApi(reader.accessToken, thermostatPath(reader.home))).status).toBe(200);
    expect((await set(reader, manual(30))).status).toBe(403);
  });

  test("a withdrawn scope is refused at once, even for a token that was issued with it", async () => {
    const taken = await connected();
    await query(
      `UPDATE legrand_grant SET granted_scopes = array_remove(granted_scopes, 'comfort.write') WHERE account_id = $1::uuid RETURNING 1 AS done`,
      taken.accountId,
    );
    const response = await set(taken, manual(30));
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([
      403,
      'Bearer error="insufficient_scope", scope="comfort.write"',
    ]);
    expect((await callApi(taken.accessToken, thermostatPath(taken.home))).status).toBe(200);
  });

  test.each([
    [
      "an expired one",
      (token: string) =>
        query(
          `UPDATE legrand_artifact SET payload = jsonb_set(payload::jsonb, '{exp}', '1') WHERE digest = $1 RETURNING 1 AS done`,
          digest(token),
        ),
    ],
    [
      "one whose grant is gone",
      (_token: string, accountId: string) =>
        query(`DELETE FROM legrand_grant WHERE account_id = $1::uuid RETURNING 1 AS done`, accountId),
    ],
    [
      "a revoked one",
      (token: string, _accountId: string, { clientId, clientSecret }: Person["application"]) =>
        fetch(`${issuer()}/revoke`, {
          method: "POST",
          body: new URLSearchParams({ token, client_id: clientId, client_secret: clientSecret }),
        }),
    ],
  ])("refuses a token: %s", async (_what, end) => {
    const ended = await connected();
    await end(ended.accessToken, ended.accountId, ended.application);
    const before = await stored(ended);
    const response = await set(ended, manual(30));
    expect([response.status, response.headers.get("www-authenticate"), await response.json()]).toEqual([
      401,
      'Bearer error="invalid_token"',
      { statusCode: 401, message: "Access denied due to invalid access token." },
    ]);
    expect(await stored(ended)).toEqual(before);
  });

  test("refuses a refresh token and a code as an access token", async () => {
    const [application, account] = [await makeApplication(), await makeAccount()];
    const { code } = await authorize({ application, account, scope: ALL });
    expect((await callApi(code)).status).toBe(401);
    const { body } = await redeem(application, code);
    expect((await callApi(String(body.refresh_token))).status).toBe(401);
    expect((await callApi(String(body.access_token))).status).toBe(200);
  });

  test("checks the quota before the request: beyond it even an invalid request is 403 with the time, and nothing is set", async () => {
    const spent = await connected();
    expect((await set(spent, manual(21))).status).toBe(200);
    await query(
      `UPDATE legrand_subscription_call SET calls = 500 WHERE end_user_id = $1::uuid RETURNING 1 AS done`,
      spent.accountId,
    );
    const before = await stored(spent);
    for (const body of [manual(30), "no JSON"]) {
      const response = await set(spent, body);
      expect([response.status, await response.json()]).toEqual([
        403,
        {
          statusCode: 403,
          message: expect.stringMatching(
            /^Out of call volume quota\. Quota will be replenished in \d\d:\d\d:\d\d\.$/,
          ),
        },
      ]);
      expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect(await stored(spent)).toEqual(before);
  });
});
