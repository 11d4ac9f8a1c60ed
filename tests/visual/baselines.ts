import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

import { findBrowser } from "#tests/harness/find-browser.ts";

const VERSION = execFileSync(findBrowser(), ["--version"], { encoding: "utf8" });

/** The major version of the Chromium of this machine, such as "139". */
const CHROMIUM_MAJOR = /(\d+)\.\d+/.exec(VERSION)?.[1] ?? "unknown";

/** The folder of the pictures that this version of Chromium drew. */
export const BASELINES = resolve(`tests/visual/baselines/chromium-${CHROMIUM_MAJOR}`);

/** Why the pages cannot be compared here, or null if they can. */
export const WHY_SKIPPED =
  existsSync(BASELINES) || process.argv.includes("--update-snapshots") || process.env.UPDATE_BASELINES
    ? null
    : `There are no pictures of Chromium ${CHROMIUM_MAJOR}. Make them with: UPDATE_BASELINES=1 npm run test:visual -- --update-snapshots`;
