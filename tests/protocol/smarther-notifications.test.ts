import { randomUUID } from "node:crypto";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { authorize } from "#tests/factories/authorize.ts";
import { callApi, connect, redeem } from "#tests/factories/client.ts";
import { readHome, thermostatPath, type TestHome } from "#tests/factories/homes.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { startEndPoint, type TestEndPoint } from "#tests/factories/start-end-point.ts";
import { query } from "#tests/harness/database.ts";

const NOT_FOUND = { statusCode: 404, message: "Resource not found" };
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
const SCOPE = "topology.read comfort.read comfort.write";

type Connected = Awaited<ReturnType<typeof connect>> & { home: TestHome; token: string };

let endPoint: TestEndPoint;
beforeEach(async () => {
  endPoint = await startEndPoint();
});
afterEach(() => endPoint.stop());

async function connected(): Promise<Connected> {
  const all = await connect({ scope: SCOPE });
  return { ...all, home: await readHome(all.account.id), token: all.tokens.access_token };
}

/** Connects the same person at another application. */
async function connectAnother(person: Connected): Promise<Connected> {
  const application = await makeApplication();
  const authorization = await authorize({ application, account: person.account, scope: SCOPE });
  const { body } = await redeem(application, authorization.code);
  return { ...person, ...authorization, application, token: String(body.access_token) };
}

const send = (token: string, method: string, path: string, body?: unknown) =>
  callApi(token, path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
const subscribe = ({ token, home }: Connected, url: unknown = endPoint.url) =>
  send(token, "POST", `/plants/${home.plantId}/subscription`, { EndPointUrl: url });
const list = async ({ token }: Connected) => {
  const response = await callApi(token, "/subscription");
  return response.status === 204 ? [] : ((await response.json()) as Record<string, unknown>[]);
};
async function set({ token, home }: Connected, value: number, index = 0): Promise<void> {
  const response = await send(token, "POST", thermostatPath(home, index), {
    function: "heating",
    mode: "manual",
    setPoint: { value, unit: "C" },
  });
  expect(response.status).toBe(200);
}
async function subscribed(): Promise<Connected & { subscriptionId: string }> {
  const person = await connected();
  const response = await subscribe(person);
  expect(response.status).toBe(201);
  return { ...person, subscriptionId: String((await response.json()).subscriptionId) };
}

/** Returns how many failures are counted for an application's endpoint. */
async function failuresOf({ application }: Connected): Promise<number> {
  const [row] = await query<{ failures: number }>(
    `SELECT failures FROM legrand_notification_failure WHERE client_id = $1::uuid`,
    application.clientId,
  );
  return row?.failures ?? 0;
}
const until = async (condition: () => Promise<boolean>) => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
};
const forge = ({ application }: Connected, failures: number, failedAt = "now()") =>
  query(
    `INSERT INTO legrand_notification_failure (client_id, end_point_url, failures, failed_at) VALUES ($1::uuid, $2, $3::int, ${failedAt}) RETURNING 1 AS done`,
    application.clientId,
    endPoint.url,
    failures,
  );

describe("subscriptions to a home (Legrand, C2C webhooks)", () => {
  test("without one the list is 204; one is made with 201, listed, and ended with 200", async () => {
    const person = await connected();
    expect((await callApi(person.token, "/subscription")).status).toBe(204);
    const made = await subscribe(person);
    expect([made.status, await made.json()]).toEqual([201, { subscriptionId: expect.stringMatching(UUID) }]);
    const [listed] = await list(person);
    expect(listed).toEqual({
      subscriptionId: expect.stringMatching(UUID),
      plantId: person.home.plantId,
      EndPointUrl: endPoint.url,
    });
    expect(
      (
        await send(
          person.token,
          "DELETE",
          `/plants/${person.home.plantId}/subscription/${String(listed!.subscriptionId)}`,
        )
      ).status,
    ).toBe(200);
    expect(await list(person)).toEqual([]);
  });

  test("a second one of the same application is 409, even if ten are made at once; another application has its own", async () => {
    const person = await connected();
    const statuses = (await Promise.all(Array.from({ length: 10 }, () => subscribe(person))))
      .map(({ status }) => status)
      .sort();
    expect(statuses).toEqual([201, ...Array<number>(9).fill(409)]);
    const other = await connectAnother(person);
    expect(await list(other)).toEqual([]);
    expect((await subscribe(other)).status).toBe(201);
    const [mine] = await list(person);
    const stolen = await send(
      other.token,
      "DELETE",
      `/plants/${person.home.plantId}/subscription/${String(mine!.subscriptionId)}`,
    );
    expect([stolen.status, await stolen.json()]).toEqual([404, NOT_FOUND]);
    expect(await list(person)).toHaveLength(1);
  });

  test("to another person's home, an unknown home or a malformed id are the same 404", async () => {
    const [person, other] = [await connected(), await connected()];
    for (const plantId of [other.home.plantId, randomUUID(), "x"]) {
      const response = await subscribe({ ...person, home: { ...person.home, plantId } });
      expect([response.status, await response.json()]).toEqual([404, NOT_FOUND]);
      const ended = await send(person.token, "DELETE", `/plants/${plantId}/subscription/${randomUUID()}`);
      expect([ended.status, await ended.json()]).toEqual([404, NOT_FOUND]);
    }
    expect(await list(other)).toEqual([]);
  });

  test.each([
    ["thermo.example", "EndPointUrl has to be a URL"],
    [null, "EndPointUrl has to be a URL"],
    ["http://thermo.example/", "EndPointUrl has to begin with https://"],
    ["https://a:b@thermo.example/", "EndPointUrl has a user name or a password in it"],
    [`https://thermo.example/${"x".repeat(2000)}`, "EndPointUrl has to be at most 1000 characters long"],
  ])("%s is not a valid endpoint: 430 with the reason", async (url, reason) => {
    const person = await connected();
    const response = await subscribe(person, url);
    expect([response.status, await response.json()]).toEqual([
      430,
      { statusCode: 430, message: `Wrong parameters: ${reason}` },
    ]);
    expect(await list(person)).toEqual([]);
  });
});

describe("a notification", () => {
  test("is sent at each change, in the format of the real cloud", async () => {
    const person = await subscribed();
    await set(person, 23.5, 1);
    const [{ path, contentType, body }] = (await endPoint.got(1)) as [(typeof endPoint.received)[number]];
    expect([path, contentType]).toEqual(["/notifications", "application/json; charset=utf-8"]);
    expect(body).toEqual([
      {
        id: expect.stringMatching(UUID),
        eventType: "DeviceToCloud",
        subject: `///bs_cloud_${person.home.plantId}//`,
        eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        subjectElements: { plantId: `bs_cloud_${person.home.plantId}` },
        data: {
          chronothermostats: [
            expect.objectContaining({
              function: "HEATING",
              mode: "MANUAL",
              setPoint: { value: "23.50000", unit: "C" },
              programs: [{ number: "1" }],
              loadState: "ACTIVE",
              online: true,
              thermometer: { measures: [expect.objectContaining({ unit: "C" })] },
              hygrometer: { measures: [expect.objectContaining({ unit: "%" })] },
              sender: {
                addressType: "AddressLocation",
                system: "thermoregulation",
                plant: { id: person.home.plantId, module: { id: person.home.moduleIds[1] } },
              },
              receiver: { oid: [person.subscriptionId] },
            }),
          ],
        },
      },
    ]);
  });

  test("is sent to every subscribed application at every change, whichever application made it", async () => {
    const person = await subscribed();
    const other = await connectAnother(person);
    await subscribe(other);
    await set(person, 22);
    await endPoint.got(2);
    await set(other, 23);
    await endPoint.got(4);
  });

  test("is not sent for a refused change, nor after the subscription ended", async () => {
    const person = await subscribed();
    expect((await send(person.token, "POST", thermostatPath(person.home), { mode: "turbo" })).status).toBe(
      430,
    );
    await send(
      person.token,
      "DELETE",
      `/plants/${person.home.plantId}/subscription/${person.subscriptionId}`,
    );
    await set(person, 22);
    const other = await connectAnother(person);
    await subscribe(other);
    await set(person, 23);
    expect(
      (await endPoint.got(1)).map(
        ({ body }) =>
          (body[0] as { data: { chronothermostats: { setPoint: { value: string } }[] } }).data
            .chronothermostats[0]!.setPoint.value,
      ),
    ).toEqual(["23.00000"]);
  });

  test.each([
    [
      "comfort.read was taken back",
      `UPDATE legrand_grant SET granted_scopes = '{topology.read,comfort.write}' WHERE client_id = $1::uuid RETURNING 1 AS done`,
    ],
    ["the access was removed", `DELETE FROM legrand_grant WHERE client_id = $1::uuid RETURNING 1 AS done`],
    [
      "the application was suspended",
      `UPDATE legrand_application SET state = 'suspended' WHERE client_id = $1::uuid RETURNING 1 AS done`,
    ],
    [
      "the application was deleted",
      `DELETE FROM legrand_application WHERE client_id = $1::uuid RETURNING 1 AS done`,
    ],
  ])("is not sent if %s", async (_what, statement) => {
    const person = await subscribed();
    const [silent, loud] = [person, await connectAnother(person)];
    await subscribe(loud);
    await query(statement, silent.application.clientId);
    await set(loud, 22);
    const [first] = await endPoint.got(1);
    await set(loud, 23);
    const receivers = (await endPoint.got(2)).map(
      ({ body }) =>
        (body[0] as { data: { chronothermostats: { receiver: { oid: string[] } }[] } }).data
          .chronothermostats[0]!.receiver.oid[0],
    );
    expect(receivers).not.toContain(silent.subscriptionId);
    expect(first).toBeDefined();
  });

  test("removed access ends the subscription for good, and no client waits for an endpoint", async () => {
    const person = await subscribed();
    await query(
      `DELETE FROM legrand_grant WHERE client_id = $1::uuid RETURNING 1 AS done`,
      person.application.clientId,
    );
    expect(
      await query(
        `SELECT 1 AS found FROM legrand_notification_subscription WHERE id = $1::uuid`,
        person.subscriptionId,
      ),
    ).toEqual([]);
    const slow = await subscribed();
    const order: string[] = [];
    endPoint.answer = (response) => {
      response.on("close", () => order.push("the endpoint was given up"));
    };
    await set(slow, 22);
    order.push("the client was answered");
    await until(async () => order.length === 2);
    expect(order).toEqual(["the client was answered", "the endpoint was given up"]);
    await until(async () => (await failuresOf(slow)) === 1);
  });
});

describe("the ban rule (Legrand: an answer after 750 ms or with a status of 300 or more is a failure; 20 failures ban for a minute, 400 or more for twenty)", () => {
  test.each([[300], [404], [500]])("an answer of %d counts as a failure", async (status) => {
    const person = await subscribed();
    endPoint.answer = (response) => {
      response.writeHead(status).end();
    };
    await set(person, 22);
    await until(async () => (await failuresOf(person)) === 1);
    expect((await list(person))[0]).not.toHaveProperty("bannedUntil");
  });

  test("a response after 750 ms counts as a failure, and so does an unreachable endpoint", async () => {
    const person = await subscribed();
    endPoint.answer = (response) => {
      setTimeout(() => response.end(), 1500);
    };
    await set(person, 22);
    await until(async () => (await failuresOf(person)) === 1);
    await endPoint.stop();
    await set(person, 23);
    await until(async () => (await failuresOf(person)) === 2);
  });

  test("the 20th failure bans for a minute: the list shows it, and nothing is sent during the ban", async () => {
    const person = await subscribed();
    await forge(person, 19);
    endPoint.answer = (response) => {
      response.writeHead(500).end();
    };
    await set(person, 22);
    await until(async () => (await list(person))[0]?.bannedUntil !== undefined);
    const bannedUntil = Date.parse(String((await list(person))[0]!.bannedUntil));
    expect(Math.abs(bannedUntil - Date.now() - 60_000)).toBeLessThan(15_000);
    const other = await connectAnother(person);
    await subscribe(other);
    const before = endPoint.received.length;
    await set(person, 23);
    await endPoint.got(before + 1);
    expect(await failuresOf(person)).toBe(20);
    await query(
      `UPDATE legrand_notification_failure SET banned_until = now() - interval '1 second' WHERE client_id = $1::uuid RETURNING 1 AS done`,
      person.application.clientId,
    );
    expect((await list(person))[0]).not.toHaveProperty("bannedUntil");
    await set(person, 24);
    await endPoint.got(before + 3);
  });

  test.each([
    [199, 10],
    [399, 20],
    [999, 20],
  ])("after %d failures the next one bans for %d minutes", async (failures, minutes) => {
    const person = await subscribed();
    await forge(person, failures);
    endPoint.answer = (response) => {
      response.writeHead(500).end();
    };
    await set(person, 22);
    await until(async () => (await list(person))[0]?.bannedUntil !== undefined);
    expect(
      Math.abs(Date.parse(String((await list(person))[0]!.bannedUntil)) - Date.now() - minutes * 60_000),
    ).toBeLessThan(15_000);
  });

  test("failures are reset after a day without one", async () => {
    const person = await subscribed();
    await forge(person, 19, "now() - interval '25 hours'");
    endPoint.answer = (response) => {
      response.writeHead(500).end();
    };
    await set(person, 22);
    await until(async () => (await failuresOf(person)) === 1);
    expect((await list(person))[0]).not.toHaveProperty("bannedUntil");
  });
});
