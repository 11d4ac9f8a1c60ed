/** @type {import("next").NextConfig} */
export default {
  // One build for every origin: issuer and absolute URLs come from the environment at run time (lib/env.ts).
  poweredByHeader: false,
  // Of the sources' fingerprint (lib/server/build.ts); null leaves it to Next.
  generateBuildId: () => process.env.BUILD_ID ?? null,
  turbopack: { root: import.meta.dirname },
  reactStrictMode: true,
  // The title stands in the head of the page itself: a streamed one needs a script.
  htmlLimitedBots: /.*/,
  // `npm test` checks the types; a start need not do it again.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "X-Frame-Options", value: "DENY" },
        { key: "Referrer-Policy", value: "same-origin" },
        { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
      ],
    },
    {
      // Addresses of the sandbox carry authorization requests: nobody is told them, not even Connect. The
      // later entry counts.
      source: "/legrand/:path*",
      headers: [{ key: "Referrer-Policy", value: "no-referrer" }],
    },
    {
      // Uploads pass proxy.ts by: what answers them is no page, and if it were one, it could do nothing.
      source: "/legrand/applications/:path+",
      has: [{ type: "header", key: "content-type", value: "multipart/form-data.*" }],
      headers: [
        {
          key: "Content-Security-Policy",
          value: "default-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
        },
      ],
    },
  ],
  // Loaded by Node itself: they carry WebAssembly, native add-ons, or dynamic imports of their own.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "fetch-to-node",
    "oidc-provider",
    "pg",
    "pglite-prisma-adapter",
    "prom-client",
    "rate-limiter-flexible",
    "undici",
  ],
};
