/** @type {import("next").NextConfig} */
export default {
  // One build for every origin: issuer and absolute URLs come from the environment at run time (lib/env.ts).
  poweredByHeader: false,
  reactStrictMode: true,
  // Loaded by Node itself: they carry WebAssembly, native add-ons, or dynamic imports of their own.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "fetch-to-node",
    "oidc-provider",
    "pglite-prisma-adapter",
    "rate-limiter-flexible",
  ],
};
