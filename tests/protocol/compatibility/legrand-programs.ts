import { randomUUID } from "node:crypto";

import type { Client, Flow, Outcome, Program, Surroundings } from "#tests/protocol/compatibility/program.ts";

type Fields = Record<string, string>;
type Tokens = { access_token: string; refresh_token: string; expires_in?: number; expires_on?: unknown };
/** How a program writes the body of a token request. */
type Write = (fields: Fields) => RequestInit;

const FORM = "application/x-www-form-urlencoded";

const encoded: Write = (fields) => ({ body: new URLSearchParams(fields) });

/** As `curl -d "client_secret=$client_secret"` does. */
const unescaped: Write = (fields) => ({
  body: Object.entries(fields)
    .map((pair) => pair.join("="))
    .join("&"),
  headers: { "content-type": FORM },
});

/** As `requests.post(url, files=…)` does in Python. */
const multipart: Write = (fields) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return { body };
};

async function requestTokens(
  issuer: string,
  { clientId, clientSecret }: Client,
  fields: Fields,
  write: Write,
): Promise<Tokens> {
  const answer = await fetch(`${issuer}/token`, {
    method: "POST",
    ...write({ ...fields, client_id: clientId, client_secret: clientSecret }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`The token endpoint answered ${answer.status}: ${text}`);
  return JSON.parse(text) as Tokens;
}

/**
 * The only end of a token that programs of before May 2025 read. Throws unless it is a number of seconds in
 * the future.
 */
function requireExpiresOn({ expires_on: expiresOn }: Tokens): void {
  if (!Number.isInteger(expiresOn) || Number(expiresOn) <= Date.now() / 1000)
    throw new Error(`expires_on is no time in the future: ${String(expiresOn)}`);
}

function requireMatch(pattern: RegExp, address: string): string {
  const found = pattern.exec(address)?.[1];
  if (!found) throw new Error(`${pattern.source} finds nothing in ${address}`);
  return found;
}

/** An authorization request without a scope, its parameters joined without encoding. */
async function authorize(
  { issuer, person }: Surroundings,
  { clientId, replyUrl }: Client,
  more = "",
): Promise<string> {
  return person.go(
    `${issuer}/authorize?client_id=${clientId}&response_type=code&redirect_uri=${replyUrl}${more}`,
    replyUrl,
  );
}

const codeOf = (address: string) => new URL(address).searchParams.get("code")!;

const exchange = (code: string): Fields => ({ grant_type: "authorization_code", code });
const renewal = (refreshToken: string): Fields => ({
  grant_type: "refresh_token",
  refresh_token: refreshToken,
});

/** Code, first call, refresh, without `redirect_uri` at the token endpoint. */
async function connectAndRenew(
  surroundings: Surroundings,
  client: Client,
  code: string,
  write: Write,
): Promise<Outcome> {
  const first = await requestTokens(surroundings.issuer, client, exchange(code), write);
  requireExpiresOn(first);
  await surroundings.useToken(first.access_token);
  const second = await requestTokens(surroundings.issuer, client, renewal(first.refresh_token), write);
  requireExpiresOn(second);
  return { accessToken: first.access_token, refreshedAccessToken: second.access_token };
}

const homePlusControl: Flow = async (surroundings) => {
  const client = await surroundings.register();
  const state = randomUUID();
  const address = await authorize(surroundings, client, `&state=${state}`);
  if (requireMatch(/state=(.*)$/, address) !== state)
    throw new Error("state=(.*)$ finds more than the state");
  return connectAndRenew(surroundings, client, requireMatch(/code=(.*)&/, address), encoded);
};

/** No state, and only the code is read. */
const withoutState =
  (write: Write): Flow =>
  async (surroundings) => {
    const client = await surroundings.register();
    return connectAndRenew(surroundings, client, codeOf(await authorize(surroundings, client)), write);
  };

const shellScript: Flow = async (surroundings) => {
  const client = await surroundings.register();
  return connectAndRenew(
    surroundings,
    client,
    codeOf(await authorize(surroundings, client, `&state=${randomUUID()}`)),
    unescaped,
  );
};

const BOOST_MS = 30 * 60 * 1000;
const utc = (time: number) => new Date(time).toISOString().replace(/\.\d+/, "");

/**
 * Sets a boost of half an hour, as `begin/end`, and returns the `activationTime` that the status has then.
 */
async function boost({ callApi }: Surroundings, accessToken: string): Promise<string> {
  const { plants } = (await callApi(accessToken, "/plants")) as { plants: { id: string }[] };
  const { plant } = (await callApi(accessToken, `/plants/${plants[0]!.id}/topology`)) as {
    plant: { id: string; modules: { id: string }[] };
  };
  const path = `/chronothermostat/thermoregulation/addressLocation/plants/${plant.id}/modules/parameter/id/value/${plant.modules[0]!.id}`;
  const activationTime = `${utc(Date.now())}/${utc(Date.now() + BOOST_MS)}`;
  await callApi(accessToken, path, {
    function: "heating",
    mode: "boost",
    activationTime,
    setPoint: { value: "20.0", unit: "C" },
  });
  const { chronothermostats } = (await callApi(accessToken, path)) as {
    chronothermostats: { activationTime: string }[];
  };
  return chronothermostats[0]!.activationTime;
}

/** Connects with that reply URL, then boosts and parses the end. */
const readActivationTime =
  (replyUrl: string, pattern: RegExp): Flow =>
  async (surroundings) => {
    const client = await surroundings.register(replyUrl);
    const outcome = await connectAndRenew(
      surroundings,
      client,
      codeOf(await authorize(surroundings, client, `&state=${randomUUID()}`)),
      encoded,
    );
    requireMatch(pattern, await boost(surroundings, outcome.refreshedAccessToken!));
    return outcome;
  };

/** Redeems with `redirect_uri`, and sends `scope` at both endpoints. */
const openHab: Flow = async ({ issuer, person, register, useToken }) => {
  const client = await register();
  const scope = "comfort.read comfort.write";
  const query = new URLSearchParams({
    response_type: "code",
    client_id: client.clientId,
    redirect_uri: client.replyUrl,
    scope,
    state: "openhab",
  });
  const code = codeOf(await person.go(`${issuer}/authorize?${query}`, client.replyUrl));
  const first = await requestTokens(
    issuer,
    client,
    { ...exchange(code), redirect_uri: client.replyUrl },
    encoded,
  );
  await useToken(first.access_token);
  const second = await requestTokens(issuer, client, { ...renewal(first.refresh_token), scope }, encoded);
  return { accessToken: first.access_token, refreshedAccessToken: second.access_token };
};

/**
 * Renews twice with the first refresh token. An hour later the first answer again would be an expired token,
 * so the second has to be new.
 */
const formerToken: Flow = async (surroundings) => {
  const { issuer, register, useToken } = surroundings;
  const client = await register();
  const first = await requestTokens(
    issuer,
    client,
    exchange(codeOf(await authorize(surroundings, client, `&state=${randomUUID()}`))),
    encoded,
  );
  const second = await requestTokens(issuer, client, renewal(first.refresh_token), encoded);
  await useToken(second.access_token);
  const third = await requestTokens(issuer, client, renewal(first.refresh_token), encoded);
  if (third.access_token === second.access_token)
    throw new Error("A former refresh token brings no new access token.");
  await useToken(third.access_token);
  const last = await requestTokens(issuer, client, renewal(third.refresh_token), encoded);
  return { accessToken: first.access_token, refreshedAccessToken: last.access_token };
};

/** Takes what follows `?code=` at the beginning of the query. */
const cutOff: Flow = async (surroundings) => {
  const client = await surroundings.register();
  const address = await authorize(surroundings, client);
  return connectAndRenew(surroundings, client, address.replace(`${client.replyUrl}?code=`, ""), encoded);
};

const behavesLike = (
  name: string,
  version: string,
  does: string,
  flow: Flow,
  more: Partial<Program> = {},
): Program => ({
  name,
  version,
  does,
  settings: {},
  isLibrary: false,
  load: () => Promise.resolve(flow),
  ...more,
});

const FORMER_TOKENS = { settings: { refreshPolicy: "former" } } as const;
const WITH_OFFSET = { settings: { activationTime: "with_offset" } } as const;

const RFC_3339 = /(T\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d|Z))$/;
const CLOCK_OF_THE_HOUSE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)$/;

/** Programs that were written for the real cloud, each with the commit at which its requests were read. */
export const LEGRAND_PROGRAMS: Program[] = [
  behavesLike(
    "bticino_x8000 for Home Assistant",
    "154b92c",
    "No `redirect_uri` at the token endpoint. After a 401 it goes on with the former refresh token.",
    formerToken,
    FORMER_TOKENS,
  ),
  behavesLike(
    "Go-BticinoThermostatInflux",
    "0f14f4a",
    "The person types the code. It keeps its first refresh token for good.",
    formerToken,
    FORMER_TOKENS,
  ),
  behavesLike(
    "homepluscontrol for Home Assistant",
    "14e0405",
    "Reads `code=(.*)&` and `state=(.*)$`, and `expires_on` only.",
    homePlusControl,
  ),
  behavesLike(
    "LightControl",
    "062d9bb",
    "`multipart/form-data` for the code and for the refresh, no `state`.",
    withoutState(multipart),
  ),
  behavesLike(
    "openHAB binding bticinosmarther",
    "0d5e383",
    "Asks for `comfort.read comfort.write`, at a refresh too, and sends `redirect_uri` to the token endpoint.",
    openHab,
  ),
  behavesLike(
    "openhab-smarther, a shell script",
    "ace5111",
    "The secret in the body without escaping, `expires_on` only.",
    shellScript,
  ),
  behavesLike(
    "Legrand-Bticino-Python-API",
    "20e0922",
    "No `state`, `expires_on` only.",
    withoutState(encoded),
  ),
  behavesLike(
    "smarther-rs",
    "008711b",
    "`expires_on` as a whole number. Parses `activationTime` by RFC 3339.",
    readActivationTime("http://localhost:23784/tokens", RFC_3339),
    WITH_OFFSET,
  ),
  behavesLike(
    "bticino_X8000_rest_api",
    "17a9630",
    "Sets a boost as `begin/end`. Parses `activationTime` as `YYYY-MM-DDTHH:MM:SS`.",
    readActivationTime("http://localhost:5588/callback", CLOCK_OF_THE_HOUSE),
  ),
  behavesLike(
    "Programs that cut the address at `?code=`",
    "any",
    "Take all that follows the reply URL and `?code=`.",
    cutOff,
    {
      fails:
        "`iss` comes first in the answer (RFC 9207), because programs that read `code=(.*)&` need `code` before `state` and nothing between.",
    },
  ),
];
