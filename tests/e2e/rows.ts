import { randomUUID } from "node:crypto";

import { digest } from "#lib/crypto/digest.ts";
import { hashPassword } from "#lib/legrand/accounts/hash-password.ts";
import { query } from "#tests/harness/database.ts";

/** A Legrand account made for one test. */
export type Person = { id: string; email: string; name: string; password: string };

export const PASSWORD = "a password made for this test";
let passwordDigest: Promise<string> | undefined;

/** A Legrand account of its own, with one home unless told otherwise. */
export async function createPerson({ homes = ["Casa"] }: { homes?: string[] } = {}): Promise<Person> {
  const id = randomUUID();
  const familyName = `Rossi ${id.slice(0, 4)}`;
  const email = `giulia.${id}@example.com`;
  await query(
    `INSERT INTO legrand_account (id, email, given_name, family_name, country, password_digest) VALUES ($1::uuid, $2, 'Giulia', $3, 'IT', $4)`,
    id, email, familyName, await (passwordDigest ??= hashPassword(PASSWORD)));
  for (const home of homes) await query(`INSERT INTO legrand_plant (id, account_id, name, type) VALUES ($1::uuid, $2::uuid, $3, 'home')`, randomUUID(), id, home);
  return { id, email, name: `Giulia ${familyName}`, password: PASSWORD };
}

/** An application registered at the sandbox beside Connect. */
export type RegisteredApplication = { clientId: string; name: string; replyUrl: string };

/** Registers an application with that reply URL. */
export async function registerApplication(replyUrl: string, scopes = ["topology.read", "light.read"]): Promise<RegisteredApplication> {
  const clientId = randomUUID();
  const name = `Lampada ${clientId.slice(0, 4)}`;
  await query(
    `INSERT INTO legrand_application (client_id, type, name, description, vendor, url) VALUES ($1::uuid, 'mobile', $2, 'Shows which lights are on.', 'Casa Luminosa', 'https://lampada.example')`,
    clientId, name);
  await query(`INSERT INTO legrand_reply_url (client_id, url, position) VALUES ($1::uuid, $2, 1)`, clientId, replyUrl);
  for (const scope of scopes) await query(`INSERT INTO legrand_requested_scope (client_id, scope) VALUES ($1::uuid, $2)`, clientId, scope);
  return { clientId, name, replyUrl };
}

/** Begins an authorization request of that application, as an address to open. */
export function authorizationRequest({ clientId, replyUrl }: RegisteredApplication, more: Record<string, string> = {}): string {
  return `/legrand/authorize?${new URLSearchParams({ client_id: clientId, redirect_uri: replyUrl, response_type: "code", state: "state-of-the-test", ...more })}`;
}

/** What Connect stored of that person's connection; ciphertext in place of tokens. */
export type StoredConnection = { access_token: string; refresh_token: string; requested_scopes: string[]; granted_scopes: string[] };

export async function findConnection(person: Pick<Person, "id">): Promise<StoredConnection | null> {
  const rows = await query<StoredConnection>(
    `SELECT access_token, refresh_token, requested_scopes, granted_scopes FROM connect_account WHERE provider_account_id = $1`, person.id);
  return rows[0] ?? null;
}

/** Takes the connection away behind Connect's back: its user stays signed in, without an account. */
export async function forgetConnection(person: Pick<Person, "id">): Promise<void> {
  await query(`DELETE FROM connect_account WHERE provider_account_id = $1`, person.id);
}

/** What the sandbox remembers of that person's consent: the grant, and how many codes and tokens hang on it. */
export async function findGrant(person: Pick<Person, "id">): Promise<{ id: string; granted_scopes: string[]; rejected_scopes: string[]; artifacts: number } | null> {
  const rows = await query<{ id: string; granted_scopes: string[]; rejected_scopes: string[]; artifacts: number }>(
    `SELECT id, granted_scopes, rejected_scopes, (SELECT count(*)::int FROM legrand_artifact WHERE grant_id = g.id) AS artifacts
     FROM legrand_grant g WHERE account_id = $1::uuid`, person.id);
  return rows[0] ?? null;
}

/** Lets the interaction at that address have ended an hour ago. */
export async function letExpire(interactionUrl: string): Promise<void> {
  const uid = new URL(interactionUrl).pathname.split("/").at(-1)!;
  await query(
    `UPDATE legrand_artifact SET expires_at = now() - interval '1 hour',
       payload = jsonb_set(payload, '{exp}', to_jsonb(floor(extract(epoch FROM now()))::bigint - 3600)) WHERE digest = $1`, digest(uid));
}
