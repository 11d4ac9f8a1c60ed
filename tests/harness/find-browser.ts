import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

import { chromium, type LaunchOptions } from "playwright";

import { BROWSER_ARGUMENTS } from "#tests/harness/browser-arguments.ts";

/** The shell comes first: it is Chromium without a window, which takes a fifth less time for a page. */
const NAMES = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];

/** Where browsers are installed if they are not on the PATH. */
const USUAL_PLACES = [
  ...NAMES.map((name) => `/usr/bin/${name}`),
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ...[process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA].flatMap(
    (folder) =>
      folder
        ? [
            join(folder, "Google/Chrome/Application/chrome.exe"),
            join(folder, "Chromium/Application/chrome.exe"),
          ]
        : [],
  ),
];

/** Returns the path of a Chromium on this machine. Throws if it finds none, and lists the ways to get one. */
export function findBrowser(): string {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (runs(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which is no program that can be run.`);
  }
  const found = [...onPath(), ...USUAL_PLACES, playwrightsOwn()].find(runs);
  if (found) return found;
  throw new Error(
    "The browser tests need a Chromium: run `sudo apt-get install chromium` or `npx playwright install chromium`, or set CHROMIUM_PATH to the one you have.",
  );
}

/** A start takes a second or two. Playwright's own limit is three minutes. */
const START_MS = 60_000;

/**
 * Hides the desktop's message bus from Chromium. A bus that does not answer delays Chromium by 25 s for each
 * question.
 */
const NO_DESKTOP = {
  DBUS_SESSION_BUS_ADDRESS: "unix:path=/dev/null",
  DBUS_SYSTEM_BUS_ADDRESS: "unix:path=/dev/null",
};

/**
 * Returns how Playwright starts that browser. Chromium's sandbox stays on, except for root, because Chromium
 * refuses to run as root with it.
 */
export function browserLaunchOptions(): LaunchOptions {
  return {
    executablePath: findBrowser(),
    args: [...BROWSER_ARGUMENTS, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
    timeout: START_MS,
    env: { ...process.env, ...NO_DESKTOP },
  };
}

function onPath(): string[] {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name + suffix)));
}

// Playwright throws on platforms for which it has no browser.
function playwrightsOwn(): string {
  try {
    return chromium.executablePath();
  } catch {
    return "";
  }
}

function runs(path: string): boolean {
  if (!path || !existsSync(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    // Ubuntu's chromium-browser is only a notice to install a snap. On Windows asking for the version would
    // open a window.
    if (process.platform !== "win32") execFileSync(path, ["--version"], { stdio: "ignore", timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}
