import type { Browser } from "#tests/bench/browser.ts";
import { Connection } from "#tests/bench/http-client.ts";
import {
  authorizeUrl,
  fail,
  readCode,
  redeemCode,
  redeemForAccess,
  refresh,
  type Target,
} from "#tests/bench/oauth-client.ts";
import {
  DAILY_CALL_LIMIT,
  SUBSCRIPTION_KEY_HEADER,
} from "#lib/legrand/subscriptions/subscription-constants.ts";

/** The next operation of one connection. The same function is called again when it has resolved. */
export type Operation = () => Promise<void>;

/**
 * Runs operations on every connection, one after the other, for that many seconds. Returns operations a
 * second, and how long each took.
 */
export async function timedRate(
  operations: Operation[],
  seconds: number,
): Promise<{ perSecond: number; milliseconds: number[] }> {
  const begin = performance.now();
  const end = begin + seconds * 1000;
  const milliseconds: number[] = [];
  await Promise.all(
    operations.map(async (operation) => {
      for (let at = performance.now(); at < end;) {
        await operation();
        const after = performance.now();
        milliseconds.push(after - at);
        at = after;
      }
    }),
  );
  return { perSecond: milliseconds.length / ((performance.now() - begin) / 1000), milliseconds };
}

/** Runs operations as `timedRate` does. Returns operations a second. */
export async function rate(operations: Operation[], seconds: number): Promise<number> {
  return (await timedRate(operations, seconds)).perSecond;
}

/** Runs operations on every connection without a pause until `work` has ended. Returns its result. */
export async function whileLoaded<T>(operations: Operation[], work: () => Promise<T>): Promise<T> {
  let isOver = false;
  const loads = operations.map(async (operation) => {
    while (!isOver) await operation();
  });
  const [result] = await Promise.all([work().finally(() => (isOver = true)), ...loads]);
  return result;
}

/** Sends the smallest POST, which costs what the server and its framework need without any work. */
export function emptyPosts(url: string, connections: number): Operation[] {
  return Array.from({ length: connections }, () => {
    const connection = new Connection();
    const form = new URLSearchParams({ grant_type: "refresh_token" });
    return async () => {
      const answer = await connection.send(url, { form });
      if (answer.status !== 204) fail("204", answer);
    };
  });
}

/** A person with a session and a valid consent at that server. */
export type Person = { browser: Browser; session: string };

/** Refreshes with the refresh token of the previous answer, one grant a connection. */
export async function refreshes(target: Target, people: Person[]): Promise<Operation[]> {
  return Promise.all(
    people.map(async ({ browser: { connection }, session }) => {
      let token = await codeFlow(connection, target, session);
      return async () => {
        token = await refresh(connection, target, token);
      };
    }),
  );
}

/** Sends authorization requests that find session and consent, and redeems their codes. */
export async function codeFlows(target: Target, people: Person[]): Promise<Operation[]> {
  return people.map(({ browser: { connection }, session }) => async () => {
    await codeFlow(connection, target, session);
  });
}

/**
 * Reads the API, each connection with another person's access token. A key serves no more calls than its
 * quota.
 */
export async function apiReads(target: Target, people: Person[], keys: string[]): Promise<Operation[]> {
  return Promise.all(
    people.map(async ({ browser: { connection }, session }) => {
      const accessToken = await accessTokenOf(connection, target, session);
      let calls = 0;
      return async () => {
        const key = keys[Math.floor(calls++ / DAILY_CALL_LIMIT)] ?? "none left";
        const read = await connection.send(`${target.issuer}/api/smarther/v2.0/plants`, {
          headers: { authorization: `Bearer ${accessToken}`, [SUBSCRIPTION_KEY_HEADER]: key },
        });
        if (read.status !== 200) fail("plants", read);
      };
    }),
  );
}

/** Reads the discovery document. */
export function discoveries({ issuer }: Pick<Target, "issuer">, connections: number): Operation[] {
  return Array.from({ length: connections }, () => {
    const connection = new Connection();
    return async () => {
      const answer = await connection.send(`${issuer}/.well-known/openid-configuration`);
      if (answer.status !== 200) fail("the discovery document", answer);
    };
  });
}

/** Reads userinfo, each connection with another person's access token. */
export function userinfoReads(target: Target, people: Person[]): Promise<Operation[]> {
  return withAccessTokens(target, people, async (connection, accessToken) => {
    const answer = await connection.send(`${target.issuer}/userinfo`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    if (answer.status !== 200) fail("userinfo", answer);
  });
}

/** Introspects access tokens, each connection another person's. */
export function introspections(target: Target, people: Person[]): Promise<Operation[]> {
  const { issuer, clientId, clientSecret } = target;
  return withAccessTokens(target, people, async (connection, token) => {
    const form = new URLSearchParams({ token, client_id: clientId, client_secret: clientSecret });
    const answer = await connection.send(`${issuer}/introspect`, { form });
    if (!/"active":\s*true/.test(answer.body)) fail("an active token", answer);
  });
}

function withAccessTokens(
  target: Target,
  people: Person[],
  use: (connection: Connection, accessToken: string) => Promise<void>,
): Promise<Operation[]> {
  return Promise.all(
    people.map(async ({ browser: { connection }, session }) => {
      const accessToken = await accessTokenOf(connection, target, session);
      return () => use(connection, accessToken);
    }),
  );
}

async function accessTokenOf(connection: Connection, target: Target, session: string): Promise<string> {
  const answer = await connection.send(authorizeUrl(target), {
    cookie: session,
    headers: { accept: "text/html" },
  });
  return redeemForAccess(connection, target, readCode(answer));
}

async function codeFlow(connection: Connection, target: Target, session: string): Promise<string> {
  const answer = await connection.send(authorizeUrl(target), {
    cookie: session,
    headers: { accept: "text/html" },
  });
  return redeemCode(connection, target, readCode(answer));
}
