import { randomUUID } from "node:crypto";

import { authorizeUrl } from "#tests/factories/authorize.ts";
import { end } from "#tests/factories/end.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication, type TestApplication } from "#tests/factories/make-application.ts";
import { query } from "#tests/harness/database.ts";

/** A Legrand account made for one test. */
export type Person = { id: string; email: string; name: string; password: string };

/** Makes a Legrand account for one test, with one home unless others are named. */
export async function createPerson({ homes = ["Casa"] }: { homes?: string[] } = {}): Promise<Person> {
  const id = randomUUID();
  const familyName = `Rossi ${id.slice(0, 4)}`;
  const account = await makeAccount({
    id,
    email: `giulia.${id}@example.com`,
    givenName: "Giulia",
    familyName,
    country: "IT",
    homes,
  });
  return { ...account, name: `Giulia ${familyName}` };
}

/** Registers an application in addition to Connect, with that reply URL. */
export function registerApplication(
  replyUrl: string,
  scopes = ["topology.read", "light.read"],
): Promise<TestApplication> {
  return makeApplication({
    replyUrls: [replyUrl],
    scopes,
    type: "mobile",
    vendor: "Casa Luminosa",
    description: "Shows which lights are on.",
    url: "https://lampada.example",
  });
}

/** Returns the address of an authorization request of that application. */
export function authorizationRequest(
  application: Pick<TestApplication, "clientId" | "replyUrl">,
  more: Record<string, string> = {},
): string {
  return authorizeUrl(application, { state: "state-of-the-test", ...more });
}

/** What Connect stored about that person's connection, with tokens as ciphertext. */
export type StoredConnection = {
  id: string;
  state: string;
  reconnect_reason: string | null;
  withdrawn_scopes: string[];
  access_token: string;
  refresh_token: string;
  requested_scopes: string[];
  granted_scopes: string[];
};

export async function findConnection(person: Pick<Person, "id">): Promise<StoredConnection | null> {
  const rows = await query<StoredConnection>(
    `SELECT id, state, reconnect_reason, withdrawn_scopes, access_token, refresh_token, requested_scopes, granted_scopes FROM connect_account WHERE provider_account_id = $1`,
    person.id,
  );
  return rows[0] ?? null;
}

/** Deletes the connection without Connect's knowledge. Its user stays signed in, without an account. */
export async function forgetConnection(person: Pick<Person, "id">): Promise<void> {
  await query(`DELETE FROM connect_account WHERE provider_account_id = $1`, person.id);
}

/**
 * Returns what the sandbox stores about that person's consent: the grant, and how many codes and tokens
 * belong to it.
 */
export async function findGrant(
  person: Pick<Person, "id">,
): Promise<{ id: string; granted_scopes: string[]; rejected_scopes: string[]; artifacts: number } | null> {
  const rows = await query<{
    id: string;
    granted_scopes: string[];
    rejected_scopes: string[];
    artifacts: number;
  }>(
    `SELECT id, granted_scopes, rejected_scopes, (SELECT count(*)::int FROM legrand_artifact WHERE grant_id = g.id) AS artifacts
     FROM legrand_grant g WHERE account_id = $1::uuid`,
    person.id,
  );
  return rows[0] ?? null;
}

/** Removes the access at Legrand, as the person does: its tokens and consent are gone there. */
export async function removeAccess(person: Pick<Person, "id">): Promise<void> {
  await query(
    `DELETE FROM legrand_artifact WHERE grant_id IN (SELECT id FROM legrand_grant WHERE account_id = $1::uuid)`,
    person.id,
  );
  await query(`DELETE FROM legrand_grant WHERE account_id = $1::uuid`, person.id);
}

/** Takes one scope back at Legrand, as the person does. */
export async function takeBack(person: Pick<Person, "id">, scope: string): Promise<void> {
  await query(
    `UPDATE legrand_grant SET granted_scopes = array_remove(granted_scopes, $2), rejected_scopes = array_append(array_remove(rejected_scopes, $2), $2)
     WHERE account_id = $1::uuid`,
    person.id,
    scope,
  );
}

/** Makes the sign-ins of this person that many minutes old. */
export async function ageSignIn({ id }: Pick<Person, "id">, minutes: number): Promise<void> {
  await query(
    `UPDATE legrand_artifact SET payload = payload || jsonb_build_object('loginTs', floor(extract(epoch FROM now()))::int - $2::int * 60)
     WHERE account_id = $1::uuid AND kind = 'Session'`,
    id,
    minutes,
  );
}

/** Expires the interaction at that address. */
export function letExpire(interactionUrl: string): Promise<void> {
  return end(new URL(interactionUrl).pathname.split("/").at(-1)!);
}
