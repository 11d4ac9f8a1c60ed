import "server-only";

import { now } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";

const FIRST_ROOMS = ["Living room", "Bedroom"];

/** Who signs up, the digest of the password, and the network that the form came from. */
export type NewSignUp = { email: string; givenName: string; familyName: string; country: string; passwordDigest: string; network: string };

/** A sign-up that waits for its confirmation. */
export type PendingSignUp = { email: string; isConfirmed: boolean };

/** How many pending sign-ups one network may have, and all together (decision 32). One address has 120 at most: five mails an hour, for a day. */
export const SIGN_UP_BOUNDS = { ofNetwork: 1_000, inAll: 50_000 };

/** Keeps a sign-up under the digest of the value in its mail, until that moment. Beyond a bound the oldest go. */
export async function addSignUp(signUp: NewSignUp, digest: string, expiresAt: Date, { ofNetwork, inAll } = SIGN_UP_BOUNDS): Promise<void> {
  await database().pendingSignUp.create({ data: { ...signUp, digest, createdAt: now(), expiresAt }, select: { digest: true } });
  await database().$executeRaw`
    DELETE FROM legrand_pending_sign_up WHERE digest = ANY (ARRAY(
      SELECT digest FROM legrand_pending_sign_up WHERE digest IN (
        (SELECT digest FROM legrand_pending_sign_up WHERE network = ${signUp.network} ORDER BY expires_at DESC OFFSET ${ofNetwork})
        UNION ALL (SELECT digest FROM legrand_pending_sign_up ORDER BY expires_at DESC OFFSET ${inAll}))
      FOR UPDATE SKIP LOCKED))`;
}

/** The live sign-up of that digest, and whether its account exists by now; or null. */
export async function findSignUp(digest: string): Promise<PendingSignUp | null> {
  const [row] = await database().$queryRaw<PendingSignUp[]>`
    SELECT p.email, EXISTS (SELECT 1 FROM legrand_account a WHERE a.email = p.email) AS "isConfirmed"
    FROM legrand_pending_sign_up p WHERE p.digest = ${digest} AND p.expires_at > ${now()}`;
  return row ?? null;
}

/**
 * Makes the account of a live sign-up, with one home of two rooms, and ends the other sign-ups of its address. In one statement: of two
 * clicks one makes the account, and both are answered alike. Returns the address; null for a sign-up that is not live.
 */
export async function confirmSignUp(digest: string): Promise<string | null> {
  const [row] = await database().$queryRaw<{ email: string }[]>`
    WITH pending AS (
      SELECT * FROM legrand_pending_sign_up WHERE digest = ${digest} AND expires_at > ${now()}
    ), made AS (
      INSERT INTO legrand_account (id, email, given_name, family_name, country, password_digest)
      SELECT gen_random_uuid(), email, given_name, family_name, country, password_digest FROM pending
      ON CONFLICT (email) DO NOTHING RETURNING id, email
    ), home AS (
      INSERT INTO legrand_plant (id, account_id, name, type) SELECT gen_random_uuid(), id, 'Home', 'home' FROM made RETURNING id
    ), rooms AS (
      INSERT INTO legrand_module (id, plant_id, position, name, measured_at)
      SELECT gen_random_uuid(), home.id, room.position, room.name, ${now()} FROM home, unnest(${FIRST_ROOMS}::text[]) WITH ORDINALITY AS room(name, position)
    ), others AS (
      DELETE FROM legrand_pending_sign_up WHERE email IN (SELECT email FROM made) AND digest <> ${digest}
    )
    SELECT email FROM pending`;
  return row?.email ?? null;
}

/** Puts a new value and a new end in place of those of a live sign-up without an account. Returns its address, or null. */
export async function renewSignUp(digest: string, newDigest: string, expiresAt: Date): Promise<string | null> {
  const [row] = await database().$queryRaw<{ email: string }[]>`
    UPDATE legrand_pending_sign_up p SET digest = ${newDigest}, expires_at = ${expiresAt}
    WHERE p.digest = ${digest} AND p.expires_at > ${now()} AND NOT EXISTS (SELECT 1 FROM legrand_account a WHERE a.email = p.email)
    RETURNING p.email`;
  return row?.email ?? null;
}

/** Deletes the sign-ups that nobody confirmed before that moment. Returns how many rows went. */
export async function deleteExpiredSignUps(before: Date): Promise<number> {
  return (await database().pendingSignUp.deleteMany({ where: { expiresAt: { lt: before } } })).count;
}
