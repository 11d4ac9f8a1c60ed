import { fork } from "node:child_process";
import { once } from "node:events";
import { randomUUID } from "node:crypto";

import { digest } from "#lib/crypto/digest.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import { hashPassword } from "#lib/legrand/accounts/hash-password.ts";
import { query } from "#tests/harness/database.ts";
import type { TestServer } from "#tests/harness/server.ts";
import { PASSWORD } from "#tests/bench/journey.ts";
import { PLAIN_SCOPE, REPLY_URL, type Target } from "#tests/bench/oauth-client.ts";

/** Starts the bare library in a process of its own; `stop` ends it. */
export async function startBare(): Promise<{ target: Target; stop: () => void }> {
  const [clientId, clientSecret] = [randomUUID(), randomToken("lgs_")];
  const child = fork("tests/bench/bare-provider.ts", { env: { ...process.env, NODE_ENV: "production" }, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  child.send({ clientId, clientSecret });
  const [{ port }] = await once(child, "message") as [{ port: number }];
  const target = { name: "oidc-provider, bare, in memory", issuer: `http://127.0.0.1:${port}`, clientId, clientSecret, pid: child.pid!, scope: PLAIN_SCOPE };
  return { target, stop: () => child.disconnect() };
}

/** Registers an application of the bench at the sandbox of that server. */
export async function registerApplication(server: TestServer): Promise<Target> {
  const [clientId, clientSecret] = [randomUUID(), randomToken("lgs_")];
  await query(`INSERT INTO legrand_application (client_id, name, description, vendor, url)
    VALUES ($1::uuid, 'Bench', 'Measures how long everything takes.', 'Bench', 'https://client.example')`, clientId);
  await query("INSERT INTO legrand_reply_url (client_id, url, position) VALUES ($1::uuid, $2, 1)", clientId, REPLY_URL);
  await query("INSERT INTO legrand_requested_scope (client_id, scope) SELECT $1::uuid, unnest($2::text[])", clientId, PLAIN_SCOPE.split(" "));
  await query(`INSERT INTO legrand_client_secret (id, client_id, secret_digest, last_characters, label, expires_at)
    VALUES ($1::uuid, $2::uuid, $3, $4, 'Bench', now() + interval '1 day')`, randomUUID(), clientId, digest(clientSecret), clientSecret.slice(-4));
  return { name: "this application", issuer: `${server.origin}/legrand`, clientId, clientSecret, pid: server.process.pid!, scope: PLAIN_SCOPE };
}

/** Makes that many accounts with one password; returns a function that hands out one address after the other. */
export async function makeAccounts(count: number): Promise<() => string> {
  await query(`INSERT INTO legrand_account (id, email, given_name, family_name, country, password_digest)
    SELECT gen_random_uuid(), 'bench-' || n || '@example.com', 'Bench', n::text, 'FR', $1 FROM generate_series(1, $2::int) n`,
  await hashPassword(PASSWORD), count);
  let next = 0;
  return () => {
    if (++next > count) throw new Error("The bench ran out of accounts");
    return `bench-${next}@example.com`;
  };
}
