import { readFileSync } from "node:fs";

import type { Browser } from "playwright";

const FONT = readFileSync("public/instrument-sans.woff2").toString("base64");

/** The marks of components/ui/mark.tsx. */
const mark = (colour: string, outline: string, dots: string) =>
  `<svg viewBox="0 0 44 44" fill="none" stroke="#fff" stroke-linecap="round"><rect width="44" height="44" rx="9" fill="${colour}" stroke="none"/><path d="${outline}" stroke-width="3"/><path d="${dots}" stroke-width="5"/></svg>`;
const CONNECT = mark("#1a5ba6", "M35 22a13 13 0 1 1-26 0 13 13 0 0 1 26 0Z", "M17 22h.1M27 22h.1");
const LEGRAND = mark(
  "#d3001b",
  "M15 9h14a3 3 0 0 1 3 3v20a3 3 0 0 1-3 3H15a3 3 0 0 1-3-3V12a3 3 0 0 1 3-3ZM12 23h20",
  "M22 16h.1",
);
const ARROW =
  '<svg class="arrow" viewBox="0 0 200 48" fill="none" stroke="#827e78" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"><path stroke-dasharray="2 12" d="M4 24h172"/><path d="M176 8l20 16-20 16"/></svg>';

// In the light tokens of app/globals.css.
const HTML = `<!DOCTYPE html><meta charset="utf-8"><style>
@font-face{font-family:"Instrument Sans";font-weight:400 700;src:url("data:font/woff2;base64,${FONT}")}
body{margin:0;width:1200px;height:630px;box-sizing:border-box;padding:56px;background:#fafaf8;color:#1c1b1a;font:400 34px/48px "Instrument Sans"}
main{display:grid;align-content:center;height:100%;box-sizing:border-box;padding:0 72px;border:2px solid #e2e0dc;border-radius:28px;background:linear-gradient(#1a5ba6,#1a5ba6) 0 0/100% 10px no-repeat #fff}
div{display:flex;align-items:center;gap:36px}svg{width:128px;height:128px}.arrow{width:200px;height:48px}
h1{margin:52px 0 12px;font-size:72px;line-height:80px;font-weight:600;letter-spacing:-.02em}p{margin:0;color:#55514c}
</style><main><div>${CONNECT}${ARROW}${LEGRAND}</div><h1>Legrand Connect</h1><p>The whole consent flow, on your own machine</p></main>`;

/** Draws public/social.png, which a link to a page shows. */
export async function drawSocialImage(browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 630 }, deviceScaleFactor: 1 });
  await page.setContent(HTML);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: "public/social.png" });
  await page.close();
}
