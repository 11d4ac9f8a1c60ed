// Imports no store, because the start checks the library before any store can be imported.
import Provider, { interactionPolicy } from "oidc-provider";

import { StartError } from "#lib/start-error.ts";

type Client = { clientId: string };

/** The methods of the library's client that Legrand's rules replace (`client-rules.ts`). */
export type ClientHooks = {
  redirectUriAllowed: (this: Client, value: string) => boolean;
  compareClientSecret: (this: Client, actual: string) => boolean;
  grantTypeAllowed: (this: Client, type: string) => boolean;
};

const METHODS: readonly (keyof ClientHooks)[] = [
  "redirectUriAllowed",
  "compareClientSecret",
  "grantTypeAllowed",
];

/**
 * The library's check of the prompt `consent` that asks in the case of a native client. Legrand's rules
 * replace it (`interaction-policy.ts`).
 */
export const NATIVE_CLIENT_CHECK = "native_client_prompt";

/**
 * Checks that the installed `oidc-provider` has what Legrand's rules replace (decision 55). Throws
 * `StartError` if it does not.
 */
export function checkLibrary(): void {
  // The library warns of a provider without an adapter or keys. This one answers no request.
  const provider = new Provider("https://checked-at-the-start.invalid", {
    adapter: class {} as never,
    jwks: { keys: [] },
    features: { devInteractions: { enabled: false } },
  });
  requireClientHooks(provider.Client.prototype);
  requireNativeClientCheck(interactionPolicy.base());
}

/**
 * Checks that the prototype of the library's client has the methods that are replaced, each with one
 * parameter. If an update of the library renamed one, the replacement would never be called, and suspended
 * applications would get tokens. Throws `StartError`.
 */
export function requireClientHooks(prototype: unknown): asserts prototype is ClientHooks {
  const methods = prototype as Record<string, unknown>;
  const missing = METHODS.filter((name) => {
    const method = methods[name];
    return typeof method !== "function" || method.length !== 1;
  });
  if (missing.length)
    throw new StartError(`${without(`the method Client.prototype.${missing.join(", ")}`)} ${REMEDY}`);
}

/**
 * Checks that the library's policy has the consent check that is replaced. The library ignores the removal of
 * a check that does not exist. Throws `StartError`.
 */
export function requireNativeClientCheck(prompts: interactionPolicy.DefaultPolicy): void {
  if (!prompts.get("consent")?.checks.get(NATIVE_CLIENT_CHECK))
    throw new StartError(`${without(`the consent check ${NATIVE_CLIENT_CHECK}`)} ${REMEDY}`);
}

const without = (what: string) => `oidc-provider lacks ${what}, which Legrand's rules replace.`;

const REMEDY =
  "Install the version that package.json names (npm ci), or adapt the rules (docs/decisions/0055-hooks-on-the-client-of-oidc-provider.md).";
