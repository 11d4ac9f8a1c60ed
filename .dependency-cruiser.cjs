// Which modules may import which (docs/architecture.md). `npm test -- imports` runs it;
// tests/unit/house/import-rules.test.ts proves that it finds violations. Cycles between nouns have a file of
// their own, .dependency-cruiser.nouns.cjs.

const { readdirSync } = require("node:fs");

// One rule for each folder: their names are full of brackets, which a back reference would read as a regular
// expression.
const routeFolders = [
  "app",
  ...readdirSync("app", { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${entry.parentPath}/${entry.name}`),
].map((folder) => folder.replaceAll("\\", "/").replace(/[.[\](){}]/g, "\\$&"));

/**
 * Type-only imports do not exist at run time: a view may use the type of a store's result without getting
 * access to the database.
 */
const atRunTime = { dependencyTypesNot: ["type-only"] };

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "two-parties",
      comment: "Connect and the Legrand sandbox meet over HTTP only, as they would on the internet.",
      severity: "error",
      from: { path: "^(?:lib|components)/(connect|legrand)/" },
      to: { path: "^(?:lib|components)/(?:connect|legrand)/", pathNot: "^(?:lib|components)/$1/" },
    },
    {
      name: "two-parties-in-pages",
      comment: "A page of one party shows nothing of the other's.",
      severity: "error",
      from: { path: "^app/legrand/" },
      to: { path: "^(?:lib|components)/connect/" },
    },
    {
      name: "two-parties-in-pages-of-connect",
      comment: "A page of one party shows nothing of the other's.",
      severity: "error",
      from: { path: "^app/(?:[(]connect[)]|api/auth)/" },
      to: { path: "^(?:lib|components)/legrand/" },
    },
    {
      name: "shared-code-knows-no-party",
      comment: "What both parties use depends on neither.",
      severity: "error",
      from: { path: "^(?:lib/(?:[^/]+[.]ts$|crypto/|db/|http/|mail/)|components/(?:ui|layout)/)" },
      to: { path: "^(?:lib|components)/(?:connect|legrand)/" },
    },
    {
      name: "database-behind-stores",
      comment:
        "Only a store, and what opens, seeds and tests the database, may reach it; the enums are words.",
      severity: "error",
      from: { pathNot: "(?:^lib/(?:db|server)/|^prisma/|^tests/|[./]store[.]ts$)" },
      to: { path: "^lib/db/", pathNot: "^lib/db/generated/enums[.]ts$" },
    },
    {
      name: "database-client-behind-stores",
      comment: "The same for the packages behind it.",
      severity: "error",
      from: { pathNot: "(?:^lib/(?:db|server)/|^prisma/|^tests/|[./]store[.]ts$)" },
      to: {
        path: "node_modules/(?:@prisma/|prisma/|@electric-sql/|pglite-prisma-adapter/|pg/|@auth/prisma-adapter/)",
      },
    },
    {
      name: "app-not-to-database",
      comment: "Pages read through a store, and write through an operation.",
      severity: "error",
      from: { path: "^app/" },
      to: { path: "^lib/db/" },
    },
    ...routeFolders.map((folder) => ({
      name: "app-not-to-another-route",
      comment: "A route's files are its own; what two routes share lives in lib or components.",
      severity: "error",
      from: { path: `^${folder}/[^/]+$` },
      to: { path: "^app/", pathNot: `^${folder}/[^/]+$` },
    })),
    {
      name: "nothing-imports-pages",
      comment: "URLs are at the top: nobody depends on them.",
      severity: "error",
      from: { pathNot: "^(?:app|tests)/" },
      to: { path: "^app/" },
    },
    {
      name: "views-only-show",
      comment:
        "A view knows other views of its party, the primitives, types and constants of lib, and how a text is shown; never what reads or decides.",
      severity: "error",
      from: { path: "^components/(?:connect|legrand)/" },
      to: {
        path: "^lib/",
        pathNot:
          "^lib/(?:graphemes|email-address|(?:connect|legrand|mail)/(?:scopes|editing/preview-scopes|.*(?:schema|constants)))[.]ts$",
        ...atRunTime,
      },
    },
    {
      name: "views-never-to-a-store",
      comment: "Not even for a type: a row is not what a page shows.",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "(?:[./]store[.]ts$|^lib/db/)" },
    },
    {
      name: "primitives-know-nothing",
      comment: "components/ui is the bottom. Where a character ends is no knowledge.",
      severity: "error",
      from: { path: "^components/ui/" },
      to: { path: "^(?:app|lib/(?!graphemes[.]ts$)|components/(?!ui/))" },
    },
    {
      name: "lib-not-to-views",
      comment: "What decides knows nothing of how it looks.",
      severity: "error",
      from: { path: "^(?:lib|prisma)/" },
      to: { path: "^components/" },
    },
    {
      name: "provider-is-copyable",
      comment:
        "lib/connect/legrand-provider.ts can be copied into another project: it imports packages only.",
      severity: "error",
      from: { path: "^lib/connect/legrand-provider[.]ts$" },
      to: { path: "^(?:app|components|lib|prisma|tests)/" },
    },
    {
      name: "product-not-to-tests",
      comment: "What is delivered runs without its tests.",
      severity: "error",
      from: { pathNot: "^(?:tests/|(?:vitest|eslint)[.]config[.](?:ts|js)$)" },
      to: { path: "^tests/" },
    },
    {
      name: "nouns-not-to-server",
      comment: "lib/server surrounds the application: starting, building, serving.",
      severity: "error",
      from: { path: "^(?:components/|prisma/|lib/(?!server/))" },
      to: { path: "^lib/server/" },
    },
    {
      name: "app-not-to-server",
      comment:
        "A route calls an operation of its party. What it shares with lib/server lives in another room of lib.",
      severity: "error",
      from: { path: "^app/" },
      to: { path: "^lib/server/" },
    },
    {
      name: "entries-call-operations",
      comment: "proxy.ts and instrumentation.ts run around every page. They call lib, and read no store.",
      severity: "error",
      from: { path: "^(?:proxy|instrumentation)[.]ts$" },
      to: { path: "^(?:components|prisma)/|[./]store[.]ts$" },
    },
    {
      name: "tool-configuration-stands-alone",
      comment: "Next, ESLint and the others load their configuration before anything is built or migrated.",
      severity: "error",
      from: { path: "^[^/]+[.](?:js|mjs|cjs|config[.]ts)$" },
      to: { path: "^(?:app|components|lib|prisma)/" },
    },
    {
      name: "seed-behind-start",
      comment: "Only the start of the server seeds a database.",
      severity: "error",
      from: { pathNot: "^(?:lib/server|prisma|tests)/" },
      to: { path: "^prisma/" },
    },
    {
      name: "no-cycle",
      comment: "Nouns depend on each other in one direction, types included.",
      severity: "error",
      from: { pathNot: "^lib/db/generated/" },
      to: { circular: true },
    },
    {
      name: "no-unresolved",
      comment: "Every import leads to a file.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^server-only$" },
    },
    {
      name: "no-dev-dependency",
      comment: "What is delivered needs nothing that `npm ci --omit=dev` leaves out.",
      severity: "error",
      from: { path: "^(?:app|components|lib)/", pathNot: "^lib/db/generated/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg"], dependencyTypesNot: ["type-only"] },
    },
  ],
  required: [
    {
      name: "store-is-server-only",
      comment: "A store in a browser's bundle is a build error.",
      severity: "error",
      module: { path: "^lib/.*[./]store[.]ts$" },
      to: { path: "server-only" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // The client libraries and the peers of the bench have their own package.json and may not be installed.
    exclude: {
      path: "(?:(?:^|/)(?:[.]next|[.]data|test-results)/|^tests/(?:protocol/clients|bench/peers)/)",
    },
    tsPreCompilationDeps: "specify",
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".d.ts", ".json"],
    },
  },
};
