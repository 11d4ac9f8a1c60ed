// npm run bench: measures the application against an empty handler and the bare library. npm run bench --
// overload: measures more sessions than it can serve. npm run bench -- sync: measures the cost of the
// embedded database's syncs. npm run bench -- consent: measures the consent page at rest and while others
// refresh.
import { buildIfStale, generateIfStale } from "#lib/server/boot/build.ts";

const BENCHES: Record<string, () => Promise<unknown>> = {
  rates: () => import("#tests/bench/rates.ts").then(({ benchRates }) => benchRates()),
  overload: () =>
    import("#tests/bench/overload/bench-overload.ts").then(async ({ benchOverload }) =>
      printRules(await benchOverload()),
    ),
  consent: () =>
    import("#tests/bench/consent-under-load.ts").then(({ benchConsentUnderLoad }) => benchConsentUnderLoad()),
  sync: () => import("#tests/bench/database-sync.ts").then(({ benchDatabaseSync }) => benchDatabaseSync()),
};

function printRules(rules: { rule: string; found: string; held: boolean }[]): void {
  console.log(
    rules.map(({ rule, found, held }) => `- ${held ? "held" : "NOT held"}: ${rule}; ${found}`).join("\n"),
  );
  if (rules.some(({ held }) => !held)) process.exitCode = 1;
}

const name = process.argv[2] ?? "rates";
if (!Object.hasOwn(BENCHES, name))
  throw new Error(`There is no bench ${name}. The benches are: ${Object.keys(BENCHES).join(", ")}`);
console.error("  Building what is stale");
await generateIfStale();
await buildIfStale();
await BENCHES[name]!();
