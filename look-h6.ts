import { chromium, type Page } from "playwright";
const origin = "http://localhost:3460";
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const who = process.argv[2] ?? "Camille Moreau"; const untick = (process.argv[3] ?? "").split(",").filter(Boolean); const tag = process.argv[4] ?? "a";
const context = await browser.newContext({ baseURL: origin, viewport: { width: 1100, height: 800 }, locale: "en-GB" });
const page = await context.newPage();
page.on("console", (m) => { if (m.type() === "error") console.log("console:", m.text()); });
await page.goto("/");
await page.getByRole("button", { name: "Connect Legrand" }).click();
await page.getByRole("button", { name: `Continue as ${who}` }).click();
const accept = page.getByRole("button", { name: "Accept" });
if (await accept.isVisible().catch(() => false)) {
  for (const label of untick) await page.getByRole("checkbox", { name: label }).uncheck();
  await accept.click();
}
await page.getByRole("heading", { name: "Connected account" }).waitFor();
await page.waitForLoadState("networkidle");
for (const [name, opts] of [["light", { colorScheme: "light", width: 1100 }], ["dark", { colorScheme: "dark", width: 1100 }], ["phone", { colorScheme: "light", width: 390 }]] as const) {
  await page.emulateMedia({ colorScheme: opts.colorScheme });
  await page.setViewportSize({ width: opts.width, height: 800 });
  await page.screenshot({ path: `/tmp/h6-look/${tag}-${name}.png`, fullPage: true });
}
await browser.close();
