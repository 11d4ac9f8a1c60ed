// npm run bench: measures the application on both databases, beside another commit with --against.
// npm run bench -- --help lists the groups and the options.
import { buildIfStale, generateIfStale } from "#lib/server/boot/build.ts";
import { cleanUp, cleanUpOnSignals, wasInterrupted } from "#tests/bench/clean-up.ts";
import {
  COMPARED_GROUPS,
  parseArguments,
  USAGE,
  type BenchRequest,
  type ComparedGroup,
  type DatabaseKind,
  type Group,
} from "#tests/bench/parse-arguments.ts";
import { say } from "#tests/bench/settings.ts";
import "#tests/harness/ignore-env-files.ts";

type OtherGroup = Exclude<Group, ComparedGroup>;

const OTHERS: Record<OtherGroup, (databases: DatabaseKind[]) => Promise<unknown>> = {
  journeys: (databases) =>
    import("#tests/bench/groups/journeys.ts").then(({ benchJourneys }) => benchJourneys(databases)),
  peers: () => import("#tests/bench/groups/peers.ts").then(({ benchPeers }) => benchPeers()),
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

async function run({ groups, against, databases }: BenchRequest): Promise<void> {
  say("Building what is stale");
  await generateIfStale();
  await buildIfStale();
  const { checkOut } = await import("#tests/bench/servers/check-out.ts");
  const commit = against === null ? null : await checkOut(against);
  const compared = COMPARED_GROUPS.filter((group) => groups.includes(group));
  if (compared.length) {
    const { measureCompared } = await import("#tests/bench/measure-compared.ts");
    await measureCompared(compared, databases, commit);
  }
  for (const group of groups) if (group in OTHERS) await OTHERS[group as OtherGroup](databases);
}

cleanUpOnSignals();
try {
  const request = parseArguments(process.argv.slice(2));
  if (request) await run(request);
  else console.log(USAGE);
} catch (error) {
  if (!wasInterrupted()) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
} finally {
  await cleanUp();
}
