import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Flow, Program } from "#tests/protocol/compatibility/program.ts";
import { LEGRAND_PROGRAMS } from "#tests/protocol/compatibility/legrand-programs.ts";

/** Each file of `tests/protocol/clients` by its name, the package that it uses, and what it does. */
const LIBRARIES: [file: string, name: string, does: string][] = [
  ["openid-client", "openid-client", "OpenID Connect by discovery"],
  ["oauth4webapi", "oauth4webapi", "OpenID Connect by discovery, secret in the header"],
  ["badgateway-oauth2-client", "@badgateway/oauth2-client", "Discovery by RFC 8414, secret in the header"],
  ["simple-oauth2", "simple-oauth2", "OAuth 2.0, secret in the body"],
  ["client-oauth2", "client-oauth2", "OAuth 2.0, secret in the header"],
  ["passport-oauth2", "passport-oauth2", "Express middleware, `state` in a session, secret in the body"],
  ["passport-openidconnect", "passport-openidconnect", "Express middleware, OpenID Connect by addresses"],
  ["express-openid-connect", "express-openid-connect", "Express middleware, OpenID Connect by discovery"],
  ["grant", "grant", "Express middleware, no scope"],
  ["fastify-oauth2", "@fastify/oauth2", "Fastify plugin, OpenID Connect discovery"],
  ["next-auth", "next-auth", "next-auth 4, OpenID Connect by discovery"],
  ["auth-core", "@auth/core", "Auth.js, of which next-auth 5 is made, OpenID Connect by discovery"],
  ["better-auth", "better-auth", "Generic OAuth plugin, OpenID Connect by discovery"],
  [
    "oidc-client-ts",
    "oidc-client-ts",
    "In Chromium, OpenID Connect by discovery, mobile application without a secret",
  ],
  ["arctic", "arctic", "OAuth 2.0, secret in the header"],
];

const { dependencies } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../clients/package.json"), "utf8"),
) as { dependencies: Record<string, string> };

const libraries = LIBRARIES.map(([file, name, does]): Program => ({
  name,
  does,
  version: dependencies[name]!,
  settings: {},
  isLibrary: true,
  load: async () => ((await import(`../clients/${file}.js`)) as { default: Flow }).default,
}));

/** Every program of `docs/compatibility.md`, in its order. */
export const PROGRAMS: Program[] = [...libraries, ...LEGRAND_PROGRAMS];
