import { globSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const FILES = globSync("lib/**/*.ts", {
  exclude: (path) => path.replaceAll("\\", "/").startsWith("lib/db/generated"),
}).sort();
const STORES = FILES.filter((file) => /[./\\]store\.ts$/.test(file));

const parse = (file: string, text = readFileSync(file, "utf8")) =>
  ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);

const isExported = (statement: ts.Statement) =>
  ts.canHaveModifiers(statement) &&
  ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;

const hasDocstring = (statement: ts.Statement) => ts.getJSDocCommentsAndTags(statement).length > 0;

/**
 * Returns the first lines of exported declarations without a docstring. A re-export needs none, and one
 * docstring covers all overloads.
 */
function undocumented(source: ts.SourceFile): string[] {
  const declarations = source.statements.filter(isExported);
  const documented = new Set(declarations.filter(hasDocstring).map(nameOf));
  return declarations
    .filter((statement) => !documented.has(nameOf(statement)))
    .map((statement) => statement.getText().split("\n")[0]!);
}

function nameOf(statement: ts.Statement): string {
  return ts.isVariableStatement(statement)
    ? statement.declarationList.declarations.map(({ name }) => name.getText()).join(", ")
    : ((statement as ts.Statement & { name?: ts.Identifier }).name?.text ?? "default");
}

describe("every export in lib has a docstring (HOUSE.md, How the code reads)", () => {
  test("the scan finds an export without a docstring", () => {
    const source = parse(
      "example.ts",
      "/** Says. */\nexport const a = 1;\nexport const b = 2;\n// no docstring\nexport default function c() {}\ntype D = 1;",
    );
    expect(undocumented(source)).toEqual(["export const b = 2;", "export default function c() {}"]);
  });

  test.each(FILES)("%s", (file) => {
    expect(undocumented(parse(file))).toEqual([]);
  });
});

describe("each store starts with server-only (HOUSE.md, Who may import whom)", () => {
  test("the scan finds stores", () => {
    expect(STORES.length).toBeGreaterThan(5);
  });

  test.each(STORES)("%s", (file) => {
    expect(readFileSync(file, "utf8").split("\n")[0]).toBe('import "server-only";');
  });
});

/** Returns the exported names that several of these files share, each with its files. */
function sharedNames(sources: ts.SourceFile[]): Record<string, string[]> {
  const filesOf = new Map<string, Set<string>>();
  for (const source of sources)
    for (const name of source.statements.filter(isExported).flatMap((one) => nameOf(one).split(", ")))
      if (name !== "default") filesOf.set(name, (filesOf.get(name) ?? new Set()).add(source.fileName));
  return Object.fromEntries(
    [...filesOf].filter(([, files]) => files.size > 1).map(([name, files]) => [name, [...files]]),
  );
}

describe("one name for one export in lib and components (HOUSE.md, How the code reads)", () => {
  test("the scan finds two files that export one name", () => {
    const sources = ["a.ts", "b.ts"].map((file) => parse(file, "export const same = 1;"));
    expect(sharedNames([...sources, parse("c.ts", "export const other = 1;")])).toEqual({
      same: ["a.ts", "b.ts"],
    });
  });

  test("no two files export one name", () => {
    const views = globSync("components/**/*.{ts,tsx}");
    expect(sharedNames([...FILES, ...views].map((file) => parse(file)))).toEqual({});
  });
});
