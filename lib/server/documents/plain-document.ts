import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";

import { PARTIES } from "#lib/party-constants.ts";

// In the tokens of app/globals.css. It follows the system's theme.
const STYLE = `@font-face{font-family:"Instrument Sans Variable";font-weight:400 700;font-display:swap;src:url("/instrument-sans.woff2") format("woff2")}
:root{color-scheme:light dark;font:15px/24px "Instrument Sans Variable",system-ui,sans-serif;background:light-dark(#fafaf8,#121110);color:light-dark(#1c1b1a,#f4f2ef)}
body{--accent:light-dark(#1a5ba6,#8ab8f2);display:grid;grid-template:1fr auto/minmax(0,440px);justify-content:center;gap:24px;min-height:100dvh;margin:0;padding:16px;box-sizing:border-box}
.legrand{--accent:light-dark(#d3001b,#ff6b6b)}
main{align-self:center;padding:32px;border:1px solid light-dark(#e2e0dc,#35322f);border-radius:12px;background:linear-gradient(var(--accent) 3px,light-dark(#fff,#1b1a18) 3px);box-shadow:0 1px 2px light-dark(rgb(28 27 26/.05),transparent),0 8px 24px -12px light-dark(rgb(28 27 26/.12),transparent);overflow-wrap:break-word}
svg{display:block;width:160px;height:96px;margin:0 0 16px -4px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.quiet{stroke:light-dark(#827e78,#7e7973);stroke-dasharray:4 5}.accent{stroke:var(--accent);stroke-width:3}
h1{margin:0 0 8px;font-size:24px;font-weight:600;line-height:32px;letter-spacing:-.01em;text-wrap:balance}
p{margin:0 0 16px;color:light-dark(#55514c,#bbb6af)}p:last-child{margin:0}
code{font:13px/20px ui-monospace,monospace;overflow-wrap:anywhere}
a{color:inherit;text-underline-offset:3px;overflow-wrap:anywhere}a:focus-visible{outline:2px solid light-dark(#1a5ba6,#8ab8f2);outline-offset:2px}
.way a{display:inline-block;margin:8px 0;padding:8px 16px;border-radius:8px;background:light-dark(#1f1e1d,#f4f2ef);color:light-dark(#fff,#1c1b1a);font-weight:600;text-decoration:none}.way a:hover{opacity:.85}
.code,footer{font-size:13px;line-height:20px;color:light-dark(#69655f,#9a958e)}footer{text-align:center}`;
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

// The drawing "failed" of components/ui/drawing.tsx: a wire that is cut.
const DRAWING =
  '<svg aria-hidden="true" viewBox="0 0 160 96"><path class="quiet" d="M106 48a26 26 0 1 1-52 0 26 26 0 0 1 52 0Z"/><path d="M8 48h42M50 38v20M110 48h42M110 38v20"/><path class="accent" d="M84 32L73 50h14L76 66"/></svg>';

type PlainPage = { code: string; title: string; paragraphs: string[] };

/**
 * Returns a page without anything that could fail in turn: no database, no bundle, no script. `code`, `title`
 * and `paragraphs` are HTML. A paragraph that is only a link is shown as a button. Sets the headers; the
 * caller sets the status.
 */
export function plainDocument(response: ServerResponse, { code, title, paragraphs }: PlainPage): string {
  response.setHeader("cache-control", "no-store");
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.removeHeader("link");
  response.setHeader(
    "content-security-policy",
    `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; font-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'`,
  );
  const party = /^\/legrand(?:[/?]|$)/.test(response.req.url ?? "") ? "legrand" : "connect";
  const { title: name, icon } = PARTIES[party];
  return (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">' +
    `<title>${title} · ${name}</title><link rel="icon" href="${icon}"><style>${STYLE}</style></head><body class="${party}">` +
    `<main>${DRAWING}<h1>${title}</h1>${paragraphs.map(toParagraph).join("")}<p class="code">Code <code>${code}</code></p></main>` +
    `<footer>${name}</footer></body></html>`
  );
}

function toParagraph(html: string): string {
  return `<p${/^<a [^>]*>[^<]*<\/a>$/.test(html) ? ' class="way"' : ""}>${html}</p>`;
}
