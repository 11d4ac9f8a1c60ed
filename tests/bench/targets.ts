import { fork } from "node:child_process";
import { once } from "node:events";
import { randomUUID } from "node:crypto";

import { digest } from "#lib/crypto/digest.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import { hashPassword } from "#lib/legrand/accounts/hash-password.ts";
import { atEnd } from "#tests/bench/clean-up.ts";
import { query } from "#tests/harness/database.ts";
import type { TestServer } from "#tests/harness/server.ts";
import { PASSWORD } from "#tests/bench/journey.ts";
import { PLAIN_SCOPE, REPLY_URL, type Target } from "#tests/bench/oauth-client.ts";

/** The bare library, in its own process. */
export type Bare = { target: Target; pid: number };

/** Starts the bare library in its own process. It is stopped when the bench cleans up. */
export async function startBare(): Promise<Bare> {
  const [clientId, clientSecret] = [randomUUID(), randomToken("lgs_")];
  const child = fork("tests/bench/bare-provider.ts", {
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  atEnd(() => {
    if (child.connected) child.disconnect();
  });
  child.send({ clientId, clientSecret });
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  const target = {
    name: "oidc-provider, bare, in memory",
    issuer: `http://127.0.0.1:${port}`,
    clientId,
    clientSecret,
    scope: PLAIN_SCOPE,
  };
  return { target, pid: child.pid! };
}

/** Registers an application for the bench at the sandbox of that server. */
export async function registerApplication(server: TestServer): Promise<Target> {
  const [clientId, clientSecret] = [randomUUID(), randomToken("lgs_")];
  await query(
    `INSERT INTO legrand_application (client_id, name, description, vendor, url)
    VALUES ($1::uuid, 'Bench', 'Measures how long everything takes.', 'Bench', 'https://client.example')`,
    clientId,
  );
  await query(
    "INSERT INTO legrand_reply_url (client_id, url, position) VALUES ($1::uuid, $2, 1)",
    clientId,
    REPLY_URL,
  );
  await query(
    "INSERT INTO legrand_requested_scope (client_id, scope) SELECT $1::uuid, unnest($2::text[])",
    clientId,
    PLAIN_SCOPE.split(" "),
  );
  await query(
    `INSERT INTO legrand_client_secret (id, client_id, secret_digest, last_characters, label, expires_at)
    VALUES ($1::uuid, $2::uuid, $3, $4, 'Bench', now() + interval '1 day')`,
    randomUUID(),
    clientId,
    digest(clientSecret),
    clientSecret.slice(-4),
  );
  return {
    name: "this application",
    issuer: `${server.origin}/legrand`,
    clientId,
    clientSecret,
    scope: PLAIN_SCOPE,
  };
}

/**
 * Makes that many accounts with one password. Returns a function that returns one address after the other.
 */
export async function makeAccounts(count: number): Promise<() => string> {
  await query(
    `INSERT INTO legrand_account (id, email, given_name, family_name, country, password_digest)
    SELECT gen_random_uuid(), 'bench-' || n || '@example.com', 'Bench', n::text, 'FR', $1 FROM generate_series(1, $2::int) n`,
    await hashPassword(PASSWORD),
    count,
  );
  let next = 0;
  return () => {
    if (++next > count) throw new Error("The bench ran out of accounts");
    return `bench-${next}@example.com`;
  };
}

/** Gives every account of the bench a home, so that the API has something to return. */
export async function makeHomes(): Promise<void> {
  await query(
    `INSERT INTO legrand_plant (id, account_id, name, type) SELECT gen_random_uuid(), id, 'Home', 'home' FROM legrand_account WHERE email LIKE 'bench-%'`,
  );
}

/** Makes that many other users with a linked account each. */
export async function makeLinkedAccounts(count: number): Promise<void> {
  await query(
    `WITH person AS (INSERT INTO connect_user (id, name) SELECT gen_random_uuid(), 'Other ' || n FROM generate_series(1, $1::int) n RETURNING id)
    INSERT INTO connect_account (id, user_id, type, provider, provider_account_id, requested_scopes, granted_scopes,
      access_token, refresh_token, access_token_expires_at, refresh_token_expires_at)
    SELECT gen_random_uuid(), id, 'oidc', 'legrand', gen_random_uuid(), '{topology.read,comfort.read}', '{topology.read,comfort.read}',
      'x', 'x', now() + interval '1 hour', now() + interval '90 days' FROM person`,
    count,
  );
}
