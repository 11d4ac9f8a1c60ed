import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { describe, expect, test } from "vitest";

const PAGES = globSync(["*.md", "docs/*.md", "docs/decisions/*.md"]);

/** GitHub's anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");

const anchorsIn = (page: string) =>
  [...readFileSync(page, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading!));

function leadsNowhere(page: string, target: string): boolean {
  const [path, anchor] = target.split("#");
  const file = path ? join(dirname(page), path) : page;
  return !existsSync(file) || (anchor !== undefined && !anchorsIn(file).includes(anchor));
}

describe.each(PAGES)("%s", (page) => {
  const text = readFileSync(page, "utf8").replace(/^```.*?^```$/gms, "");

  test("links to files and headings that exist", () => {
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
    const relative = targets.filter((target) => !/^(https?|mailto):/.test(target));
    expect(relative.filter((target) => leadsNowhere(page, target))).toEqual([]);
  });

  // Decision records tell what was at their time.
  if (page.includes("decisions")) return;

  test("names files that exist", () => {
    const paths = [...text.matchAll(/`((?:app|components|lib|prisma|public|tests)\/[\w./()[\]-]+)`/g)];
    expect(paths.map(([, path]) => path!).filter((path) => !existsSync(path))).toEqual([]);
  });
});
