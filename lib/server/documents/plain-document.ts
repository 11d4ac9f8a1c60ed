import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";

const STYLE = `:root{color-scheme:light dark;font:15px/24px "Instrument Sans Variable",system-ui,sans-serif}
body{margin:0;min-height:100dvh;display:grid;place-items:center;padding:16px;box-sizing:border-box;background:light-dark(#FAFAF8,#121110);color:light-dark(#1C1B1A,#F4F2EF)}
main{max-width:440px;box-sizing:border-box;padding:32px;border:1px solid light-dark(#E2E0DC,#35322F);border-radius:12px;background:light-dark(#FFF,#1B1A18)}
h1{font-size:24px;line-height:32px;font-weight:600;letter-spacing:-.01em;margin:4px 0 8px}p{margin:0 0 16px;color:light-dark(#55514C,#BBB6AF)}
code{font:13px/20px ui-monospace,monospace}a{color:inherit}`;
/** The name and the icon of the party that an address belongs to. */
const PARTIES = {
  connect: { name: "Legrand Connect", icon: "/icon.svg" },
  legrand: { name: "Legrand sandbox", icon: "/legrand/icon.svg" },
};
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/**
 * Returns a page without anything that could fail in turn: no database, no bundle, no script. `code`, `title`
 * and `paragraphs` are HTML. Sets the headers; the caller sets the status.
 */
export function plainDocument(
  response: ServerResponse,
  { code, title, paragraphs }: { code: string; title: string; paragraphs: string[] },
): string {
  response.setHeader("cache-control", "no-store");
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.removeHeader("link");
  response.setHeader(
    "content-security-policy",
    `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'`,
  );
  const body = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join("");
  const { name, icon } = PARTIES[/^\/legrand(?:[/?]|$)/.test(response.req.url ?? "") ? "legrand" : "connect"];
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · ${name}</title><link rel="icon" href="${icon}"><style>${STYLE}</style></head><body><main><code>${code}</code><h1>${title}</h1>${body}</main></body></html>`;
}
