import { randomUUID } from "node:crypto";

import { digest } from "#lib/crypto/digest.ts";
import { testOrigin } from "#tests/factories/browser.ts";
import { query } from "#tests/harness/database.ts";

const keys = new Map<string, Promise<string>>();

/** Returns a live subscription key, made once for each server that a test file uses. */
export function subscriptionKey(): Promise<string> {
  const origin = testOrigin();
  if (!keys.has(origin)) keys.set(origin, makeKey());
  return keys.get(origin)!;
}

async function makeKey(): Promise<string> {
  const key = randomUUID().replaceAll("-", "");
  await query(
    `INSERT INTO legrand_subscription (id, name, primary_digest, primary_ciphertext, secondary_digest, secondary_ciphertext)
     VALUES ($1::uuid, 'Test', $2, '', $3, '')`,
    randomUUID(),
    digest(key),
    digest(randomUUID()),
  );
  return key;
}
