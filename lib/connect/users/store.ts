import "server-only";

import { PrismaAdapter } from "@auth/prisma-adapter";
import type { Adapter, AdapterSession, AdapterUser } from "next-auth/adapters";

import { digest } from "#lib/crypto/digest.ts";
import { isReadOnlyRequest } from "#lib/http/read-only-request.ts";
import { database } from "#lib/db/client.ts";

const withToken = (sessionToken: string, session: AdapterSession): AdapterSession => ({
  ...session,
  sessionToken,
});

/**
 * next-auth's Prisma adapter with four differences:
 * - A session is stored under the digest of its token.
 * - An e-mail address does not identify a user, because two Legrand accounts may share one. No user is found
 *   by it.
 * - A disconnected account cannot sign in, because the person who reconnects it may be another user.
 * - Linking is left to the sign-in event, which stores an account in the same way the first time and every
 *   later time (`saveConnection`).
 */
export function userAdapter(): Adapter {
  const base = PrismaAdapter(database());
  return {
    ...base,
    getUserByEmail: async () => null,
    getUserByAccount: ({ provider, providerAccountId }) => findUserByAccount(provider, providerAccountId),
    linkAccount: async () => null,
    createSession: async (session) => {
      const created = await base.createSession!({ ...session, sessionToken: digest(session.sessionToken) });
      await boundSessions(session.userId);
      return withToken(session.sessionToken, created);
    },
    getSessionAndUser: async (token) => {
      const found = await base.getSessionAndUser!(digest(token));
      return found && { ...found, session: withToken(token, found.session) };
    },
    updateSession: async (session) => {
      if (isReadOnlyRequest()) return null;
      const updated = await base.updateSession!({ ...session, sessionToken: digest(session.sessionToken) });
      return updated && withToken(session.sessionToken, updated);
    },
    deleteSession: async (token) => {
      if (!isReadOnlyRequest()) await base.deleteSession!(digest(token));
    },
  };
}

/** Sessions of one user that are kept. Each sign-in makes one, which lasts a month. */
const MOST_SESSIONS = 100;

/** Ends the user's oldest sessions above the limit. */
async function boundSessions(userId: string): Promise<void> {
  await database().$executeRaw`
    DELETE FROM connect_session WHERE session_token_digest IN (
      SELECT session_token_digest FROM connect_session WHERE user_id = ${userId}::uuid ORDER BY expires_at DESC OFFSET ${MOST_SESSIONS})`;
}

async function findUserByAccount(provider: string, providerAccountId: string): Promise<AdapterUser | null> {
  const user = await database().user.findFirst({
    where: { accounts: { some: { provider, providerAccountId, state: { not: "disconnected" } } } },
  });
  return user as AdapterUser | null;
}

/**
 * Deletes the sessions that have expired. next-auth does so only when a browser comes back with one. Returns
 * the number of deleted rows.
 */
export async function deleteExpiredSessions(before: Date): Promise<number> {
  return (await database().session.deleteMany({ where: { expires: { lt: before } } })).count;
}
