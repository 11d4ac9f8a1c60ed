import { escapeHtml } from "#lib/escape-html.ts";
import type { MailBlock } from "#lib/mail/mail.ts";

const BODY =
  "margin:0;padding:24px;font-family:system-ui,-apple-system,'Segoe UI',sans-serif;font-size:16px;line-height:1.5;color:#1c1b1a;background:#ffffff";
const TERM = "padding:4px 16px 4px 0;text-align:left;vertical-align:top;font-weight:normal;color:#55514c";
const VALUE = "padding:4px 0;vertical-align:top;font-family:ui-monospace,monospace;word-break:break-all";
const FOOTER = "margin:32px 0 0;border-top:1px solid #e2e0dc;padding-top:12px;font-size:14px;color:#69655f";

type Content = { subject: string; blocks: MailBlock[]; footer: string; footerHref: string };

/**
 * Returns the HTML part: one column that fits any width, no pictures, no scripts, nothing loaded from
 * elsewhere. Escapes everything, because strangers choose the names of applications.
 */
export function htmlOf({ subject, blocks, footer, footerHref }: Content): string {
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<title>${escapeHtml(subject)}</title></head><body style="${BODY}"><div style="max-width:560px">`,
    ...blocks.map(toHtml),
    `<p style="${FOOTER}"><a href="${escapeHtml(footerHref)}" style="color:#69655f">${escapeHtml(footer)}</a></p></div></body></html>`,
  ].join("\n");
}

function toHtml(block: MailBlock): string {
  if (typeof block === "string") return `<p>${escapeHtml(block).replaceAll("\n", "<br>")}</p>`;
  if ("href" in block)
    return `<p><a href="${escapeHtml(block.href)}" style="color:#1a5ba6;font-weight:600">${escapeHtml(block.action)}</a></p>`;
  return `<table style="border-collapse:collapse">${Object.entries(block.values).map(toRow).join("")}</table>`;
}

const toRow = ([name, value]: [string, string]) =>
  `<tr><th scope="row" style="${TERM}">${escapeHtml(name)}</th><td style="${VALUE}">${escapeHtml(value)}</td></tr>`;
