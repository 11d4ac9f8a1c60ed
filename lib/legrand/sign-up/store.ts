import "server-only";

import { randomUUID } from "node:crypto";

import { now } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";
import type { PersonalDetails } from "#lib/legrand/accounts/store.ts";
import { FIRST_INSTALLATION } from "#lib/legrand/plants/first-installation.ts";
import { rowsOf } from "#lib/legrand/plants/installation.ts";

const FIRST_ROOMS = ["Living room", "Bedroom"];

/** A sign-up to store, with the network that the form came from. */
export type NewSignUp = PersonalDetails & { email: string; network: string };

/** A sign-up that has not expired. `isConfirmed`: its address has an account by now. */
export type PendingSignUp = PersonalDetails & { email: string; isConfirmed: boolean };

/**
 * Maximum number of pending sign-ups of one network, and in total (decision 32). One address has at most 120:
 * five mails an hour, for a day.
 */
export const SIGN_UP_BOUNDS = { ofNetwork: 1_000, inAll: 50_000 };

/**
 * Stores a sign-up under the digest of the token in its mail, until that moment. Deletes the oldest ones
 * beyond a bound.
 */
export async function addSignUp(
  signUp: NewSignUp,
  digest: string,
  expiresAt: Date,
  { ofNetwork, inAll } = SIGN_UP_BOUNDS,
): Promise<void> {
  await database().pendingSignUp.create({
    data: { ...signUp, digest, createdAt: now(), expiresAt },
    select: { digest: true },
  });
  await database().$executeRaw`
    DELETE FROM legrand_pending_sign_up WHERE digest = ANY (ARRAY(
      SELECT digest FROM legrand_pending_sign_up WHERE digest IN (
        (SELECT digest FROM legrand_pending_sign_up WHERE network = ${signUp.network} ORDER BY expires_at DESC OFFSET ${ofNetwork})
        UNION ALL (SELECT digest FROM legrand_pending_sign_up ORDER BY expires_at DESC OFFSET ${inAll}))
      FOR UPDATE SKIP LOCKED))`;
}

/** Returns the live sign-up of that digest, or null. */
export async function findSignUp(digest: string): Promise<PendingSignUp | null> {
  const [row] = await database().$queryRaw<PendingSignUp[]>`
    SELECT p.email, p.given_name AS "givenName", p.family_name AS "familyName", p.country,
      EXISTS (SELECT 1 FROM legrand_account a WHERE a.email = p.email) AS "isConfirmed"
    FROM legrand_pending_sign_up p WHERE p.digest = ${digest} AND p.expires_at > ${now()}`;
  return row ?? null;
}

/**
 * Creates the account of a live sign-up, with one home of two rooms and its installation, and deletes the
 * other sign-ups of its address. It is one statement: of two concurrent forms, only one creates the account.
 * Returns the account's identifier, or a null identifier if the address already had an account. Returns null
 * if the sign-up is not live.
 */
export async function makeAccount(
  digest: string,
  { givenName, familyName, country }: PersonalDetails,
  passwordDigest: string,
): Promise<{ accountId: string | null } | null> {
  const plantId = randomUUID();
  const { ambients, products } = rowsOf(plantId, FIRST_INSTALLATION);
  const [row] = await database().$queryRaw<{ accountId: string | null }[]>`
    WITH pending AS (
      SELECT email FROM legrand_pending_sign_up WHERE digest = ${digest} AND expires_at > ${now()}
    ), made AS (
      INSERT INTO legrand_account (id, email, given_name, family_name, country, password_digest)
      SELECT gen_random_uuid(), email, ${givenName}, ${familyName}, ${country}, ${passwordDigest} FROM pending
      ON CONFLICT (email) DO NOTHING RETURNING id, email
    ), home AS (
      INSERT INTO legrand_plant (id, account_id, name, type) SELECT ${plantId}::uuid, id, 'Home', 'home' FROM made RETURNING id
    ), rooms AS (
      INSERT INTO legrand_module (id, plant_id, position, name, measured_at)
      SELECT gen_random_uuid(), home.id, room.position, room.name, ${now()} FROM home, unnest(${FIRST_ROOMS}::text[]) WITH ORDINALITY AS room(name, position)
    ), ambients AS (
      INSERT INTO legrand_ambient (id, plant_id, position, name, type)
      SELECT ambient.id, home.id, ambient.position, ambient.name, ambient.type
      FROM home, json_to_recordset(${JSON.stringify(ambients)}::json) AS ambient(id uuid, position smallint, name text, type text)
    ), products AS (
      INSERT INTO legrand_product (id, plant_id, ambient_id, position, name, device, hw_type, firmware, is_on, watts, level, target_level, moved_at, battery)
      SELECT p.id, home.id, p."ambientId", p.position, p.name, p.device, p."hwType", p.firmware, p."isOn", p.watts, p.level, p."targetLevel", ${now()}, p.battery
      FROM home, json_to_recordset(${JSON.stringify(products)}::json) AS p(
        id uuid, "ambientId" uuid, position smallint, name text, device legrand_product_device, "hwType" text, firmware smallint, "isOn" boolean, watts float8,
        level float8, "targetLevel" float8, battery text)
    ), others AS (
      DELETE FROM legrand_pending_sign_up WHERE email IN (SELECT email FROM made) AND digest <> ${digest}
    )
    SELECT (SELECT id::text FROM made) AS "accountId" FROM pending`;
  return row ?? null;
}

/** Deletes the sign-ups that expired unconfirmed before that moment. Returns how many rows were deleted. */
export async function deleteExpiredSignUps(before: Date): Promise<number> {
  return (await database().pendingSignUp.deleteMany({ where: { expiresAt: { lt: before } } })).count;
}
