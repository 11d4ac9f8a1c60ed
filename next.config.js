/** @type {import("next").NextConfig} */
export default {
  // One build for every origin: issuer and absolute URLs come from the environment at run time (lib/env.ts).
  poweredByHeader: false,
  // The fingerprint of the sources (lib/server/boot/build.ts). With null, Next chooses an id.
  generateBuildId: () => process.env.BUILD_ID ?? null,
  turbopack: { root: import.meta.dirname },
  reactStrictMode: true,
  experimental: {
    // A page's code is loaded when it is first opened. Loading all of it takes 0.5 s and 60 MB.
    preloadEntriesOnStart: false,
  },
  // Puts the title into the head of the page itself, because a streamed title needs a script.
  htmlLimitedBots: /.*/,
  // `npm test` checks the types; a start need not repeat that.
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
      // Addresses of the sandbox contain authorization requests, so they are sent to no other page, not even
      // one of Connect's. The later entry wins.
      source: "/legrand/:path*",
      headers: [{ key: "Referrer-Policy", value: "no-referrer" }],
    },
    {
      // Uploads bypass proxy.ts. Their answer is not a page; if it were one, this policy would let it do
      // nothing.
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
  // Node loads these itself, because they contain WebAssembly, native add-ons, or dynamic imports.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "oidc-provider",
    "pg",
    "pglite-prisma-adapter",
    "prom-client",
    "rate-limiter-flexible",
    "undici",
  ],
};
