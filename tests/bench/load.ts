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
 * second.
 */
export async function rate(operations: Operation[], seconds: number): Promise<number> {
  const begin = performance.now();
  const end = begin + seconds * 1000;
  let done = 0;
  await Promise.all(
    operations.map(async (operation) => {
      while (performance.now() < end) {
        await operation();
        done++;
      }
    }),
  );
  return done / ((performance.now() - begin) / 1000);
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
export function codeFlows(target: Target, people: Person[]): Operation[] {
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
      const answer = await connection.send(authorizeUrl(target), {
        cookie: session,
        headers: { accept: "text/html" },
      });
      const accessToken = await redeemForAccess(connection, target, readCode(answer));
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

async function codeFlow(connection: Connection, target: Target, session: string): Promise<string> {
  const answer = await connection.send(authorizeUrl(target), {
    cookie: session,
    headers: { accept: "text/html" },
  });
  return redeemCode(connection, target, readCode(answer));
}
