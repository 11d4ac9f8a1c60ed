import { interactionPolicy } from "oidc-provider";
import { expect, test } from "vitest";

import { checkLibrary } from "#lib/legrand/authorization-server/check-library.ts";
import { applyClientRules } from "#lib/legrand/authorization-server/client-rules.ts";
import { createInteractionPolicy } from "#lib/legrand/authorization-server/interaction-policy.ts";
import { getAuthorizationServer } from "#lib/legrand/authorization-server/provider.ts";
import { useEmbeddedDatabase } from "#tests/unit/embedded-database.ts";
import { setEnvironment } from "#tests/unit/environment.ts";

setEnvironment({});
useEmbeddedDatabase();

type Client = Parameters<typeof applyClientRules>[0]["Client"];
const METHODS = ["redirectUriAllowed", "compareClientSecret", "grantTypeAllowed"];

/** Returns a client class with the methods that the rules replace, except as `changes` says. */
function clientWith(changes: Record<string, unknown>): Client {
  const methods = Object.fromEntries(METHODS.map((name) => [name, (_value: string) => true]));
  const client = class {};
  Object.assign(client.prototype, methods, changes);
  return client as unknown as Client;
}

test("replaces the methods of the installed oidc-provider (decision 55)", async () => {
  const { provider } = await getAuthorizationServer();
  const source = (name: string) => String(Reflect.get(provider.Client.prototype, name));
  expect(source("redirectUriAllowed")).toContain("matchesReplyUrl");
  expect(source("compareClientSecret")).toContain("matchSecret");
  expect(source("grantTypeAllowed")).toContain("SUSPENDED");
});

test("the check at the start accepts the installed oidc-provider (decision 55)", () => {
  expect(checkLibrary).not.toThrow();
});

test.each(METHODS)("refuses a library whose client has no %s, and replaces nothing (decision 55)", (name) => {
  const client = clientWith({ [name]: undefined });
  const before = { ...(client.prototype as object) };
  expect(() => applyClientRules({ Client: client })).toThrow(`Client.prototype.${name}`);
  expect({ ...(client.prototype as object) }).toEqual(before);
});

test.each(METHODS)("refuses a library whose %s takes other parameters (decision 55)", (name) => {
  const client = clientWith({ [name]: (_value: string, _more: string) => true });
  expect(() => applyClientRules({ Client: client })).toThrow(`Client.prototype.${name}`);
});

test("refuses a library without the consent check that is replaced (decision 33, decision 55)", () => {
  const prompts = interactionPolicy.base();
  prompts.get("consent")!.checks.remove("native_client_prompt");
  expect(() => createInteractionPolicy(prompts)).toThrow("native_client_prompt");
});

test("asks for the account first, and replaces the library's check for native clients", () => {
  const prompts = createInteractionPolicy();
  expect(prompts.map(({ name }) => name)).toEqual(["select_account", "login", "consent"]);
  const consent = prompts.get("consent")!.checks.map(({ reason }) => reason);
  expect(consent[0]).toBe("unproven_redirect");
  expect(consent).not.toContain("native_client_prompt");
  expect(consent).toContain("grant_review");
});
