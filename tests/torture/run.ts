// npm run torture: runs what takes too long for npm test. Prints a table, and exits non-zero if a rule was
// broken.
// npm run torture -- fuzz race: runs only these parts.
import { buildIfStale, generateIfStale } from "#lib/server/boot/build.ts";
import type { Finding, Part } from "#tests/torture/finding.ts";

const PARTS: Record<string, () => Promise<Part>> = {
  fuzz: () => import("#tests/torture/fuzz/fuzz.ts").then(({ fuzz }) => fuzz),
  kill: () => import("#tests/torture/kill-loop.ts").then(({ killLoop }) => killLoop),
  race: () => import("#tests/torture/race.ts").then(({ race }) => race),
  overload: () => import("#tests/torture/overload.ts").then(({ overload }) => overload),
  space: () => import("#tests/torture/space.ts").then(({ space }) => space),
};

type Row = Finding & { part: string; seconds: number };

async function runPart(part: string): Promise<Row[]> {
  console.log(`${part} …`);
  const begin = performance.now();
  const findings = await PARTS[part]!()
    .then((run) => run())
    .catch((error: unknown): Finding[] => {
      console.log(error);
      return [
        {
          rule: "the part runs to its end",
          found: error instanceof Error ? error.message.split("\n")[0]! : String(error),
          held: false,
        },
      ];
    });
  return findings.map((finding) => ({ ...finding, part, seconds: (performance.now() - begin) / 1000 }));
}

const VERDICTS = new Map([
  [true, "held"],
  [false, "BROKEN"],
  [null, "skipped"],
]);

function toTable(rows: Row[]): string {
  const cells = rows.map(({ part, rule, found, held, seconds }) => [
    part,
    rule,
    found,
    VERDICTS.get(held),
    `${seconds.toFixed(0)} s`,
  ]);
  return [
    ["part", "rule", "found", "verdict", "the part took"],
    ["---", "---", "---", "---", "--:"],
    ...cells,
  ]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length)
  throw new Error(`There is no part ${unknown.join(", ")}. The parts are: ${Object.keys(PARTS).join(", ")}`);
await generateIfStale();
await buildIfStale();
const rows: Row[] = [];
for (const part of names.length ? names : Object.keys(PARTS)) rows.push(...(await runPart(part)));
console.log(`\n${toTable(rows)}`);
process.exit(rows.some(({ held }) => held === false) ? 1 : 0);
