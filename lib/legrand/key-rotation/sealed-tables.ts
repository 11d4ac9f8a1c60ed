import { signingKeyContext } from "#lib/legrand/authorization-server/signing-key-context.ts";
import { keyContext } from "#lib/legrand/subscriptions/subscription-key.ts";

/** Both keys of each subscription, as a `SealedTable` (lib/db/reencrypt-table.ts). */
export const SUBSCRIPTIONS = {
  what: "Subscription keys",
  table: "legrand_subscription",
  key: { column: "id", type: "uuid" as const },
  facts: [],
  columns: ["primary_ciphertext", "secondary_ciphertext"],
  contextOf: (row: Record<string, string>, column: string) =>
    keyContext(row.key!, column === "primary_ciphertext" ? "primary" : "secondary"),
};

/** The issuer's private keys, as a `SealedTable`. */
export const SIGNING_KEYS = {
  what: "Signing keys",
  table: "legrand_signing_key",
  key: { column: "kid", type: "text" as const },
  facts: [],
  columns: ["ciphertext"],
  contextOf: (row: Record<string, string>) => signingKeyContext(row.key!),
};
