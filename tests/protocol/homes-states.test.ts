import { afterAll, expect, test } from "vitest";

import { Browser, testOrigin } from "#tests/factories/browser.ts";
import { deliver, startConnecting } from "#tests/factories/connect-client.ts";
import { textOf } from "#tests/factories/html.ts";
import { ownServer } from "#tests/factories/own-server.ts";
import {
  CLOUD_CLIENT,
  signIdToken,
  startCloud,
  type ApiAnswer,
  type TestCloud,
} from "#tests/factories/start-cloud.ts";

const cloud: TestCloud = await startCloud({ discovery: true });
ownServer(() => cloud.environment);
afterAll(() => cloud.stop());

const ALL = "openid topology.read comfort.read comfort.write";
const measure = (value: string, unit: string) => ({
  measures: [{ timeStamp: new Date().toISOString(), value, unit }],
});
const thermostat = {
  function: "HEATING",
  mode: "AUTOMATIC",
  setPoint: { value: "18.00000", unit: "C" },
  loadState: "ACTIVE",
  thermometer: measure("19.5", "C"),
  hygrometer: measure("61.9", "%"),
};
const refusal = (statusCode: number, message: string, headers: Record<string, string> = {}): ApiAnswer => [
  statusCode,
  { statusCode, message },
  headers,
];
const module = (name: string) => ({ device: "chronothermostat", id: name.toLowerCase(), name });

/**
 * Returns the text of `/account` for a new user whose API gives these answers. The keys are ends of operation
 * paths.
 */
async function view(answers: Record<string, ApiAnswer>, scope = ALL): Promise<string> {
  const browser = await connectWith(answers, scope);
  const { status, text } = await browser.open("/account?homes=shown");
  expect(status).toBe(200);
  return textOf(text);
}

async function connectWith(answers: Record<string, ApiAnswer>, scope = ALL): Promise<Browser> {
  const browser = new Browser();
  cloud.answer = async (request) => ({
    access_token: `at-${crypto.randomUUID()}`,
    refresh_token: `rt-${crypto.randomUUID()}`,
    token_type: "bearer",
    expires_in: 3600,
    scope,
    id_token: await signIdToken(cloud, request, { sub: crypto.randomUUID() }),
  });
  cloud.api = (path) => Object.entries(answers).find(([end]) => path.endsWith(end))?.[1] ?? [404, "<html>"];
  cloud.received.length = 0;
  const page = await browser.open((await startConnecting(browser)).href);
  await deliver(browser, page.location!);
  return browser;
}

const casa = (...modules: unknown[]): Record<string, ApiAnswer> => ({
  "/plants": [200, { plants: [{ id: "p1", name: "Casa" }] }],
  "/p1/topology": [200, { plant: { modules } }],
});

test("sends the access token and the subscription key with each call, and makes one call a view for each home and thermostat", async () => {
  const text = await view({
    ...casa(module("Sala"), { device: "light", id: "l", name: "Lampada" }, { device: "mystery", id: "m" }),
    "/sala": [200, { chronothermostats: [thermostat] }],
  });
  expect(text).toContain("19.5°");
  expect(text).toContain("62 % humidity");
  expect(text).toContain("Heating now");
  expect(text).toContain("Also here: Lampada (Light), Without a name (mystery)");
  const calls = cloud.received.filter(({ path }) => path.startsWith("/api/"));
  expect(calls.map(({ path }) => path.split("/").at(-1))).toEqual(["plants", "topology", "sala"]);
  for (const { headers } of calls)
    expect(headers).toMatchObject({
      "ocp-apim-subscription-key": CLOUD_CLIENT.key,
      authorization: expect.stringMatching(/^Bearer at-/),
    });
});

test.each(["gzip", "identity"])(
  "sends the page before Legrand has answered, and streams the homes into it (%s)",
  async (encoding) => {
    const browser = await connectWith({});
    let release = () => {};
    const asked = new Promise<void>((resolve) => {
      release = resolve;
    });
    cloud.api = async () => {
      await asked;
      return [204, null];
    };
    const cookie = browser.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    const response = await fetch(`${testOrigin()}/account`, {
      headers: { accept: "text/html", cookie, "accept-encoding": encoding },
    });
    const decoder = new TextDecoder();
    let text = "";
    for await (const chunk of response.body!) {
      text += decoder.decode(chunk, { stream: true });
      if (!text.includes("Loading your homes.")) continue;
      if (!text.includes("No home yet")) release();
    }
    expect(text.indexOf("Loading your homes.")).toBeGreaterThan(0);
    expect(text.indexOf("No home yet")).toBeGreaterThan(text.indexOf("Loading your homes."));
    expect(response.headers.get("content-encoding") ?? "identity").toBe(encoding);
  },
);

test.each<[string, Record<string, ApiAnswer>, string]>([
  ["no homes (204)", { "/plants": [204, null] }, "No home yet"],
  ["no homes (an empty list)", { "/plants": [200, { plants: [] }] }, "No home yet"],
  [
    "a home whose gateway is offline",
    { ...casa(), "/p1/topology": refusal(404, "Gateway offline") },
    "Gateway offline",
  ],
  [
    "a quota used up, with its end",
    { "/plants": refusal(403, "Out of call volume quota. Quota will be replenished in 05:12:33.") },
    "The quota is replenished in 5 hours",
  ],
  [
    "too many calls",
    { "/plants": refusal(429, "Rate limit is exceeded. Try again in 50 seconds.") },
    "Too many calls at once",
  ],
  [
    "a subscription key that is refused",
    { "/plants": refusal(401, "Access denied due to invalid subscription key.") },
    "subscription key",
  ],
  ["the official app's terms", { "/plants": refusal(469, "") }, "Action needed in Legrand’s app"],
  ["a fault of theirs", { "/plants": refusal(503, "") }, "Legrand does not answer"],
  ["HTML", { "/plants": [200, "<html>"] }, "Connect cannot read the answer"],
  [
    "a redirect to another host",
    { "/plants": [302, null, { location: "http://127.0.0.1:9/" }] },
    "Connect cannot read the answer",
  ],
  [
    "a body far too large",
    { "/plants": [200, `["${"x".repeat(2_000_000)}"]`] },
    "Connect cannot read the answer",
  ],
])("%s has its own state, and the account stays connected", async (_state, answers, sentence) => {
  const text = await view(answers);
  expect(text).toContain(sentence);
  expect(text).not.toContain("Reconnect needed");
});

test("one failing thermostat does not affect the others", async () => {
  const text = await view({
    ...casa(module("Sala"), module("Cucina"), module("Bagno"), module("Studio")),
    "/sala": [200, { chronothermostats: [thermostat] }],
    "/cucina": refusal(408, "timeout"),
    "/bagno": refusal(404, "Gateway offline"),
    "/studio": [200, { chronothermostats: [] }],
  });
  for (const part of [
    "19.5°",
    "No answer from the thermostat",
    "Gateway offline",
    "Connect cannot read the answer",
  ])
    expect(text).toContain(part);
});

test("without comfort.read it reads no thermostat", async () => {
  const text = await view(casa(module("Sala")), "openid topology.read");
  expect(text).toContain("You have not allowed “See temperature and humidity”.");
  expect(cloud.received.filter(({ path }) => path.includes("chronothermostat"))).toEqual([]);
});

test("a scope that the API reports missing, though Connect believed it granted, is shown as taken back in the same view (RFC 6750 §3.1)", async () => {
  const text = await view({
    ...casa(module("Sala")),
    "/sala": refusal(403, "no", {
      "www-authenticate": 'Bearer error="insufficient_scope", scope="comfort.read"',
    }),
  });
  expect(text).toContain("“See temperature and humidity” was taken back at Legrand.");
});
