import { randomBytes, randomUUID } from "node:crypto";

import { digest } from "#lib/crypto/digest.ts";
import type { AdminRole } from "#lib/db/generated/enums.ts";
import { Browser, testOrigin } from "#tests/factories/browser.ts";
import { connectCookie } from "#tests/factories/cookies.ts";
import { query } from "#tests/harness/database.ts";

/** A user who is signed in at Connect, with a linked account that has no tokens. */
export type TestAdmin = {
  userId: string;
  email: string;
  name: string;
  /** The linked account: the id of its row, and its id at Legrand. */
  accountId: string;
  legrandId: string;
  /** The session cookie, as Playwright accepts it (`context.addCookies`). */
  cookie: { name: string; value: string; url: string };
  browser: Browser;
};

/**
 * Makes a user with that role, or with none, directly in the database: a linked account, a session, and a
 * browser with its cookie.
 */
export async function makeAdmin(
  role: AdminRole | null = "administrator",
  { email, name = "Adriana Bianchi" }: { email?: string; name?: string } = {},
): Promise<TestAdmin> {
  const [userId, accountId, legrandId] = [randomUUID(), randomUUID(), randomUUID()];
  const address = email ?? `${role ?? "person"}.${userId}@example.com`;
  await query(
    `INSERT INTO connect_user (id, name, email, role) VALUES ($1::uuid, $2, $3, $4::connect_admin_role)`,
    userId,
    name,
    address,
    role,
  );
  await query(
    `INSERT INTO connect_account (id, user_id, type, provider, provider_account_id, name, email, requested_scopes, granted_scopes)
     VALUES ($1::uuid, $2::uuid, 'oidc', 'legrand', $3, $4, $5, '{topology.read}', '{topology.read}')`,
    accountId,
    userId,
    legrandId,
    name,
    address,
  );
  const value = await openSession(userId);
  const browser = new Browser();
  const sessionCookie = connectCookie("session");
  browser.cookies.push({ name: sessionCookie, value, path: "/" });
  return {
    userId,
    email: address,
    name,
    accountId,
    legrandId,
    cookie: { name: sessionCookie, value, url: testOrigin() },
    browser,
  };
}

/** Opens another session of that user. Returns the cookie's value. */
export async function openSession(userId: string): Promise<string> {
  const value = randomBytes(32).toString("base64url");
  await query(
    `INSERT INTO connect_session (session_token_digest, user_id, expires_at) VALUES ($1, $2::uuid, now() + interval '1 day')`,
    digest(value),
    userId,
  );
  return value;
}
