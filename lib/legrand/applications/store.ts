import "server-only";

import { database } from "#lib/db/client.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { isClientId, type ClientId } from "#lib/legrand/applications/client-id.ts";
import type { ScopeLevel, TermsByScope } from "#lib/legrand/applications/scope-terms-constants.ts";
import type { Compatibility } from "#lib/legrand/applications/compatibility.ts";

/** What a developer registered, with later changes. */
type Registered = Compatibility & {
  clientId: ClientId;
  type: "web" | "mobile";
  name: string;
  description: string;
  vendor: string;
  /** Web site of the application, for people. */
  url: string;
  logoPath: string | null;
  state: "active" | "suspended";
  /** Exactly as registered, in the developer's order. */
  replyUrls: string[];
  /** Scope names, without those that need no registration. */
  scopes: string[];
};

/** A registered application with the fields that the authorization server and the consent page need. */
export type Application = Registered & {
  /** ISO 8601, to the minute; null before the first use. */
  lastUsedAt: string | null;
  secrets: { digest: string; expiresAt: string; lastUsedAt: string | null }[];
};

/** A registered application as its developer sees it. */
export type RegisteredApplication = Registered & {
  scopeTerms: TermsByScope;
  suspendedAt: Date | null;
  createdAt: Date;
  lastUsedAt: Date | null;
};

/**
 * Returns the application with this `client_id`, or null. It takes one query for any number of reply URLs,
 * scopes and secrets.
 */
export async function findApplication(clientId: string): Promise<Application | null> {
  if (!isClientId(clientId)) return null;
  const [row] = await database().$queryRaw<{ application: Application | null }[]>`
    /* prepared */ SELECT legrand_application_json(${clientId}::uuid) AS application`;
  return row?.application ?? null;
}

const REGISTERED = {
  clientId: true,
  type: true,
  name: true,
  description: true,
  vendor: true,
  url: true,
  logoPath: true,
  state: true,
  suspendedAt: true,
  createdAt: true,
  lastUsedAt: true,
  refreshPolicy: true,
  activationTime: true,
  replyUrls: { select: { url: true }, orderBy: { position: "asc" } },
  requestedScopes: { select: { scope: true, level: true, reason: true }, orderBy: { scope: "asc" } },
} as const;

/** Returns the application with this `client_id` if this account registered it, or null. */
export async function findOwnedApplication(
  developer: LegrandAccount,
  clientId: string,
): Promise<RegisteredApplication | null> {
  if (!isClientId(clientId)) return null;
  const row = await database().application.findFirst({
    where: { clientId, developerId: developer.id },
    select: REGISTERED,
  });
  if (!row) return null;
  const { replyUrls, requestedScopes, ...rest } = row;
  return {
    ...rest,
    clientId,
    replyUrls: replyUrls.map(({ url }) => url),
    scopes: requestedScopes.map(({ scope }) => scope),
    scopeTerms: toTerms(requestedScopes),
  };
}

/**
 * Returns the levels and reasons of the scopes that the application registers. They are read apart from the
 * application, because only the consent page needs them and every token request reads the application.
 */
export async function findScopeTerms(clientId: ClientId): Promise<TermsByScope> {
  return toTerms(
    await database().requestedScope.findMany({
      where: { clientId },
      select: { scope: true, level: true, reason: true },
    }),
  );
}

function toTerms(rows: readonly { scope: string; level: ScopeLevel; reason: string | null }[]): TermsByScope {
  return Object.fromEntries(rows.map(({ scope, level, reason }) => [scope, { level, reason: reason ?? "" }]));
}

/**
 * Records when an application was used, and also its secret with this digest if one was sent, unless a use was
 * recorded within the minute before.
 */
export async function recordApplicationUse(
  clientId: ClientId,
  secretDigest: string | null,
  at: Date,
): Promise<void> {
  await database()
    .$executeRaw`SELECT legrand_record_client_use(${clientId}::uuid, ${secretDigest}, ${at}::timestamptz)`;
}
