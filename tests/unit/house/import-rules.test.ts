import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { IMPORT_RULES } from "#tests/harness/list-cruised.ts";

type Edge = [from: string, statement: string];
type Violation = { from: string; to: string; rule: { name: string } };

/** A forbidden import for each rule, in files that are otherwise harmless. */
const FORBIDDEN: Record<string, Edge[]> = {
  "two-parties": [
    ["lib/connect/tokens/refresh.ts", `import "#lib/legrand/scopes.ts"`],
    ["lib/legrand/mail/send.ts", `import type { User } from "#lib/connect/users/find.ts"`],
    ["components/connect/homes-view.tsx", `import "#components/legrand/scope-row.tsx"`],
    ["components/legrand/consent-view.tsx", `import "#components/connect/connected-account-view.tsx"`],
  ],
  "two-parties-in-pages": [
    ["app/legrand/applications/page.tsx", `import "#components/connect/connected-account-view.tsx"`],
  ],
  "two-parties-in-pages-of-connect": [["app/(connect)/admin/page.tsx", `import "#lib/legrand/scopes.ts"`]],
  "shared-code-knows-no-party": [
    ["lib/clock.ts", `import "#lib/legrand/scopes.ts"`],
    ["components/layout/shell.tsx", `import "#components/connect/connected-account-view.tsx"`],
  ],
  "database-behind-stores": [
    ["proxy.ts", `import "#lib/db/client.ts"`],
    ["lib/legrand/grants/revoke.ts", `import { database } from "#lib/db/client.ts"`],
    ["lib/connect/homes/list.ts", `import type { Plant } from "#lib/db/generated/client.ts"`],
    ["instrumentation.ts", `import "#lib/db/client.ts"`],
  ],
  "database-client-behind-stores": [["lib/legrand/grants/query.ts", `import "@prisma/client"`]],
  "app-not-to-database": [["app/(connect)/account/page.tsx", `import "#lib/db/generated/enums.ts"`]],
  "app-not-to-another-route": [
    ["app/legrand/interaction/[uid]/page.tsx", `import "../../applications/page.tsx"`],
    ["app/(connect)/page.tsx", `import "#app/legrand/layout.tsx"`],
  ],
  "nothing-imports-pages": [["components/legrand/portal-view.tsx", `import "#app/legrand/layout.tsx"`]],
  "views-only-show": [["components/connect/account-plate.tsx", `import "#lib/connect/users/find.ts"`]],
  "views-never-to-a-store": [
    ["components/connect/user-plate.tsx", `import type { User } from "#lib/connect/users/store.ts"`],
  ],
  "primitives-know-nothing": [
    ["components/ui/button.tsx", `import "#components/layout/shell.tsx"`],
    ["components/ui/field.tsx", `import "#lib/env.ts"`],
  ],
  "lib-not-to-views": [
    ["lib/legrand/applications/render.ts", `import "#components/ui/plate.tsx"`],
    ["prisma/draw.ts", `import "#components/ui/plate.tsx"`],
  ],
  "provider-is-copyable": [["lib/connect/legrand-provider.ts", `import "#lib/env.ts"`]],
  "product-not-to-tests": [
    ["lib/legrand/accounts/seed.ts", `import "#tests/harness/server.ts"`],
    ["instrumentation.ts", `import "#tests/harness/server.ts"`],
  ],
  "nouns-not-to-server": [
    ["lib/legrand/mail/serve.ts", `import "#lib/server/front/serve.ts"`],
    ["lib/http/serve.ts", `import "#lib/server/front/serve.ts"`],
    ["lib/log-server.ts", `import "#lib/server/front/serve.ts"`],
    ["components/layout/serve.tsx", `import "#lib/server/front/serve.ts"`],
    ["prisma/seed.ts", `import "#lib/server/front/serve.ts"`],
  ],
  "app-not-to-server": [["app/legrand/mail/page.tsx", `import "#lib/server/front/serve.ts"`]],
  "entries-call-operations": [
    ["proxy.ts", `import "#lib/connect/users/store.ts"`],
    ["instrumentation.ts", `import "#components/ui/plate.tsx"`],
  ],
  "tool-configuration-stands-alone": [
    ["next.config.js", `import "#lib/env.ts"`],
    ["postcss.config.mjs", `import "#components/ui/plate.tsx"`],
    ["vitest.config.ts", `import "#prisma/draw.ts"`],
  ],
  "seed-behind-start": [["lib/legrand/plants/reseed.ts", `import "#prisma/seed.ts"`]],
  "no-cycle-of-nouns": [
    ["lib/legrand/chicken/lay.ts", `import "#lib/legrand/egg/shell.ts"`],
    ["lib/legrand/egg/hatch.ts", `import "#lib/legrand/chicken/feather.ts"`],
  ],
  "no-cycle": [["lib/legrand/loop/a.ts", `import type { B } from "#lib/legrand/loop/b.ts"`]],
  "no-unresolved": [["lib/log.ts", `import "#lib/nowhere.ts"`]],
  "no-dev-dependency": [["lib/legrand/accounts/guess.ts", `import "fast-check"`]],
  "store-is-server-only": [["lib/connect/naked/store.ts", `import { database } from "#lib/db/client.ts"`]],
};

/** Imports that the rules allow: none of them may be reported. */
const ALLOWED: Edge[] = [
  ["lib/connect/users/store.ts", `import "server-only"; import { database } from "#lib/db/client.ts"`],
  ["lib/connect/users/find.ts", `import { User } from "#lib/connect/users/store.ts"; import "#lib/env.ts"`],
  ["lib/legrand/grants/kinds.ts", `import type { ArtifactKind } from "#lib/db/generated/enums.ts"`],
  ["lib/server/front/serve.ts", `import { database } from "#lib/db/client.ts"`],
  [
    "prisma/create-rows.ts",
    `import type { Client } from "#lib/db/generated/client.ts"; import "#lib/env.ts"`,
  ],
  ["lib/server/boot/run.ts", `import "#prisma/create-rows.ts"`],
  ["eslint.config.js", `import "#tests/lint/rule.js"`],
  [
    "app/legrand/layout.tsx",
    `import "./layout.css"; import "#components/legrand/scope-row.tsx"; import "#lib/legrand/scopes.ts"`,
  ],
  ["app/(connect)/layout.tsx", `import { words } from "./words.ts"; import "#lib/connect/users/store.ts"`],
  ["app/legrand/interaction/[uid]/sign-in/route.ts", `import { words } from "./words.ts"`],
  ["components/legrand/scope-list.tsx", `import "#lib/legrand/scopes.ts"; import "#components/ui/plate.tsx"`],
  ["components/connect/connected-account-view.tsx", `import type { User } from "#lib/connect/users/find.ts"`],
  ["tests/unit/anything.test.ts", `import "#lib/db/client.ts"; import "fast-check"`],
];

/** The other half of a cycle, which is reported for its first file. */
const OTHER_HALF: Edge = ["lib/legrand/loop/b.ts", `import type { A } from "#lib/legrand/loop/a.ts"`];

/** Files that the imports above refer to. */
const EMPTY = [
  "lib/legrand/scopes.ts",
  "lib/env.ts",
  "lib/db/client.ts",
  "lib/db/generated/client.ts",
  "lib/db/generated/enums.ts",
  "components/legrand/scope-row.tsx",
  "components/ui/plate.tsx",
  "app/legrand/layout.css",
  "app/(connect)/words.ts",
  "app/legrand/interaction/[uid]/sign-in/words.ts",
  "lib/legrand/egg/shell.ts",
  "lib/legrand/chicken/feather.ts",
  "tests/harness/server.ts",
  "tests/lint/rule.js",
];

const folder = mkdtempSync(join(tmpdir(), "import-rules-"));
let violations: Violation[];

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

beforeAll(() => {
  for (const file of ["package.json", "tsconfig.json"]) copyFileSync(file, join(folder, file));
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"), "junction");
  for (const file of EMPTY) write(file, "export {};\n");
  const edges = Map.groupBy([...Object.values(FORBIDDEN).flat(), ...ALLOWED, OTHER_HALF], ([from]) => from);
  for (const [file, same] of edges)
    write(file, `${same.map(([, statement]) => statement).join(";\n")};\nexport {};\n`);
  violations = IMPORT_RULES.flatMap(({ config, list }) => cruise(config, list(folder)));
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command of `npm test` in this test's tree. It exits with the number of violations. */
function cruise(config: string, places: string[]): Violation[] {
  const command = resolve("node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const args = [command, "--config", resolve(config), "--output-type", "json", ...places];
  const output = execFileSync(process.execPath, args, {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
    encoding: "utf8",
  });
  return (JSON.parse(output) as { summary: { violations: Violation[] } }).summary.violations;
}

const ruleNames = (): string[] => {
  const read = createRequire(import.meta.url);
  const rules = IMPORT_RULES.map(
    ({ config }) => read(resolve(config)) as Partial<Record<"forbidden" | "required", { name: string }[]>>,
  ).flatMap(({ forbidden = [], required = [] }) => [...forbidden, ...required]);
  return [...new Set(rules.map((rule) => rule.name))];
};

describe("Who may import whom (HOUSE.md)", () => {
  test("proves every rule", () => {
    expect(Object.keys(FORBIDDEN).sort()).toEqual(ruleNames().sort());
  });

  for (const [rule, edges] of Object.entries(FORBIDDEN)) {
    test.each(edges)(`${rule}: %s may not %s`, (from) => {
      const places = [from, dirname(from)];
      expect(
        violations.filter((violation) => violation.rule.name === rule && places.includes(violation.from)),
      ).not.toEqual([]);
    });
  }

  test.each(ALLOWED)("allowed: %s may %s", (from) => {
    expect(violations.filter((violation) => violation.from === from)).toEqual([]);
  });
});
