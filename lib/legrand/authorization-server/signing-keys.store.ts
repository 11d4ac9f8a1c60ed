import "server-only";

import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";

import { decrypt, encrypt } from "#lib/crypto/encrypt.ts";
import { database } from "#lib/db/client.ts";
import { signingKeyContext } from "#lib/legrand/authorization-server/signing-key-context.ts";

/**
 * Returns the issuer's private keys, newest first, and generates the first one if no key is stored. They use
 * RS256, which every client supports (OpenID Connect Core §15.1). They are stored encrypted in the database,
 * so that they survive a restart.
 */
export async function getSigningKeys(): Promise<JWK[]> {
  let stored = await listSigningKeys();
  if (stored.length === 0) {
    const jwk = await generateKey();
    await addFirstSigningKey(jwk.kid, encrypt(JSON.stringify(jwk), signingKeyContext(jwk.kid)));
    stored = await listSigningKeys();
  }
  return stored.map(({ kid, ciphertext }) => JSON.parse(decrypt(ciphertext, signingKeyContext(kid))) as JWK);
}

async function generateKey(): Promise<JWK & { kid: string }> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), use: "sig", alg: "RS256" };
}

function listSigningKeys(): Promise<{ kid: string; ciphertext: string }[]> {
  return database().signingKey.findMany({
    orderBy: { createdAt: "desc" },
    select: { kid: true, ciphertext: true },
  });
}

/** Adds the first signing key, unless another process has already added one. */
async function addFirstSigningKey(kid: string, ciphertext: string): Promise<void> {
  await database().$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(4711, 1)`;
    if ((await transaction.signingKey.count()) === 0)
      await transaction.signingKey.create({ data: { kid, ciphertext } });
  });
}
