import { randomUUID } from "node:crypto";

import { secondsFromNow } from "#lib/clock.ts";
import { digest } from "#lib/crypto/digest.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { env } from "#lib/env.ts";
import { hashPassword } from "#lib/legrand/accounts/hash-password.ts";
import { SANDBOX_ACCOUNTS, SANDBOX_PASSWORD } from "#lib/legrand/accounts/sandbox-accounts.ts";
import { rowsOf } from "#lib/legrand/plants/installation.ts";
import { issueKey, sealKey } from "#lib/legrand/subscriptions/subscription-key.ts";

const SECRET_LIFETIME_SECONDS = 365 * 24 * 60 * 60;
const SECRET_LABEL = "Connect on this server";

/**
 * The scopes of Connect's registration, with the reason that people read at consent. What controls a home is
 * optional, so that a plain **Accept** does not grant it (decision 60).
 */
const CONNECT_SCOPES: Record<string, { level?: "optional"; reason?: string }> = {
  profile: { reason: "To greet you by your name" },
  email: { reason: "To write to you when the access ends" },
  "topology.read": { reason: "To list your homes and rooms" },
  "comfort.read": { reason: "To show how warm each room is" },
  "comfort.write": { level: "optional", reason: "To set a room from your phone" },
  "light.read": { reason: "To show which lights are on" },
  "light.write": { level: "optional", reason: "To switch a light from your phone" },
  "automation.read": { reason: "To show which shutters are open" },
  "automation.write": { level: "optional", reason: "To move a shutter from your phone" },
  "plug.read": { reason: "To show what your plugs use" },
  "plug.write": { level: "optional", reason: "To switch a plug from your phone" },
  "lock.read": { reason: "To show whether your doors are locked" },
};

/**
 * Makes sure that the sandbox has its accounts and knows Connect in its present configuration. Idempotent: it
 * runs at every start, and may run at the same time as another process's seed.
 */
export async function seed(client: PrismaClient): Promise<void> {
  const { sandbox } = env();
  if (!sandbox) return;
  await client.$transaction(
    async (transaction) => {
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(4711, 2)`;
      if (sandbox.accounts) await seedAccounts(transaction);
      await seedConnect(transaction);
      await seedSubscription(transaction);
    },
    { maxWait: PATIENCE_MS, timeout: PATIENCE_MS },
  );
}

/**
 * Many statements, each of which waits for a turn of the processor, and perhaps for another process that seeds.
 * A start on a busy machine failed with Prisma's five seconds.
 */
const PATIENCE_MS = 60_000;

type Transaction = Omit<
  PrismaClient,
  "$connect" | "$disconnect" | "$on" | "$transaction" | "$use" | "$extends"
>;

async function seedAccounts(client: Transaction): Promise<void> {
  const emails = SANDBOX_ACCOUNTS.map((account) => account.email);
  const existing = await client.legrandAccount.findMany({
    where: { email: { in: emails } },
    select: { email: true },
  });
  const missing = SANDBOX_ACCOUNTS.filter(
    (account) => !existing.some(({ email }) => email === account.email),
  );
  if (missing.length === 0) return;
  const passwordDigest = await hashPassword(SANDBOX_PASSWORD);
  for (const { email, givenName, familyName, country, plants } of missing) {
    const homes = plants.map((plant) => ({ ...plant, id: randomUUID() }));
    await client.legrandAccount.create({
      data: {
        email,
        givenName,
        familyName,
        country,
        passwordDigest,
        plants: {
          create: homes.map(({ id, name, rooms }) => ({
            id,
            name,
            type: "home",
            modules: { create: rooms.map((room, index) => ({ ...room, position: index + 1 })) },
          })),
        },
      },
    });
    for (const { id, installation } of homes) {
      const { ambients, products } = rowsOf(id, installation);
      await client.ambient.createMany({ data: ambients });
      await client.product.createMany({ data: products });
    }
  }
}

async function seedConnect(client: Transaction): Promise<void> {
  const {
    origin,
    legrand: { clientId, clientSecret },
  } = env();
  const shown = {
    name: "Connect",
    vendor: "Legrand Connect",
    url: origin,
    logoPath: "/connect-logo.svg",
    description: "Shows what a connected Legrand account looks like from the application’s side.",
  };
  const replyUrl = `${origin}/api/auth/callback/legrand`;
  const secretDigest = digest(clientSecret);
  await client.application.upsert({ where: { clientId }, update: shown, create: { clientId, ...shown } });
  await client.replyUrl.deleteMany({ where: { clientId, url: { not: replyUrl } } });
  await client.replyUrl.createMany({
    data: [{ clientId, url: replyUrl, position: 1 }],
    skipDuplicates: true,
  });
  const terms = Object.entries(CONNECT_SCOPES).map(([scope, { level = "suggested", reason = null }]) => ({
    scope,
    level,
    reason,
  }));
  await client.$executeRaw`
    INSERT INTO legrand_requested_scope (client_id, scope, level, reason)
    SELECT ${clientId}::uuid, scope, level::legrand_scope_level, reason
    FROM jsonb_to_recordset(${JSON.stringify(terms)}::jsonb) AS terms(scope text, level text, reason text)
    ON CONFLICT (client_id, scope) DO UPDATE SET level = excluded.level, reason = excluded.reason`;
  // A secret that was replaced in the environment is replaced here at once.
  await client.clientSecret.deleteMany({
    where: { clientId, label: SECRET_LABEL, secretDigest: { not: secretDigest } },
  });
  await client.clientSecret.upsert({
    where: { clientId_secretDigest: { clientId, secretDigest } },
    update: { expiresAt: secondsFromNow(SECRET_LIFETIME_SECONDS) },
    create: {
      clientId,
      secretDigest,
      lastCharacters: clientSecret.slice(-4),
      label: SECRET_LABEL,
      expiresAt: secondsFromNow(SECRET_LIFETIME_SECONDS),
    },
  });
}

/**
 * Adds Connect's subscription. Connect calls the API with a subscription key like every application; its
 * subscription belongs to no account.
 */
async function seedSubscription(client: Transaction): Promise<void> {
  const { clientId: id, subscriptionKey } = env().legrand;
  const primary = sealKey(subscriptionKey!, id, "primary");
  if ((await client.subscription.count({ where: { id, primaryDigest: primary.digest } })) > 0) return;
  const secondary = issueKey(id, "secondary");
  const keys = {
    primaryDigest: primary.digest,
    primaryCiphertext: primary.ciphertext,
    secondaryDigest: secondary.digest,
    secondaryCiphertext: secondary.ciphertext,
  };
  await client.subscription.upsert({
    where: { id },
    update: keys,
    create: { id, name: SECRET_LABEL, ...keys },
  });
}
