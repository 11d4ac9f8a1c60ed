import { randomUUID } from "node:crypto";

import { digest } from "#lib/crypto/digest.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import { query } from "#tests/harness/database.ts";

/** A registered application, and one of its secrets in plaintext. */
export type TestApplication = {
  clientId: string;
  clientSecret: string;
  replyUrl: string;
  replyUrls: string[];
  scopes: string[];
  name: string;
};

type Wanted = {
  type?: "web" | "mobile";
  scopes?: string[];
  replyUrls?: string[];
  secretExpiresAt?: Date;
  name?: string;
  url?: string;
  description?: string;
  vendor?: string;
};

const NEXT_YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** Registers an application as the portal does, with its own reply URL. Returns its credentials. */
export async function makeApplication(wanted: Wanted = {}): Promise<TestApplication> {
  const clientId = randomUUID();
  const clientSecret = randomToken("lgs_");
  const {
    scopes = ["topology.read", "comfort.read", "comfort.write"],
    name = `Thermo ${clientId.slice(0, 8)}`,
  } = wanted;
  const replyUrls = wanted.replyUrls ?? [`https://${clientId}.example/callback`];
  await query(
    `INSERT INTO legrand_application (client_id, type, name, description, vendor, url) VALUES ($1::uuid, $6::legrand_application_type, $2, $3, $4, $5)`,
    clientId,
    name,
    wanted.description ?? "Shows the temperature of each room.",
    wanted.vendor ?? "Thermo Ltd",
    wanted.url ?? "https://thermo.example/",
    wanted.type ?? "web",
  );
  await query(
    `INSERT INTO legrand_reply_url (client_id, url, position) SELECT $1::uuid, url, position FROM unnest($2::text[]) WITH ORDINALITY AS r(url, position)`,
    clientId,
    replyUrls,
  );
  await query(
    `INSERT INTO legrand_requested_scope (client_id, scope) SELECT $1::uuid, unnest($2::text[])`,
    clientId,
    scopes,
  );
  await addSecret(clientId, clientSecret, wanted.secretExpiresAt ?? new Date(Date.now() + NEXT_YEAR_MS));
  return { clientId, clientSecret, replyUrl: replyUrls[0]!, replyUrls, scopes, name };
}

/** Gives an application another secret, of which only the digest is stored. */
export async function addSecret(
  clientId: string,
  secret: string,
  expiresAt = new Date(Date.now() + NEXT_YEAR_MS),
): Promise<void> {
  await query(
    `INSERT INTO legrand_client_secret (id, client_id, secret_digest, last_characters, label, expires_at) VALUES ($1::uuid, $2::uuid, $3, $4, 'Test', $5::timestamptz)`,
    randomUUID(),
    clientId,
    digest(secret),
    secret.slice(-4),
    expiresAt.toISOString(),
  );
}
