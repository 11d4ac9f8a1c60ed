import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { createTransport } from "nodemailer";

import { now } from "#lib/clock.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import { env } from "#lib/env.ts";

/** A part of a mail: a paragraph, values to read off, or a link to follow. */
export type MailBlock = string | { values: Record<string, string> } | { action: string; href: string };

/** A mail as the rest of the sandbox writes it. */
export type Mail = { to: string; subject: string; blocks: MailBlock[] };

/** Writes the mail into the data folder. Rejects when it could not be handed over. */
export async function sendMail(mail: Mail): Promise<void> {
  const { message } = await createTransport({ streamTransport: true, buffer: true, newline: "windows" }).sendMail({
    from: env().sandbox!.mail.from, to: mail.to, subject: mail.subject,
    text: mail.blocks.map(toText).join("\n\n"),
  });
  const folder = join(env().dataDir, "mail");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${now().toISOString().replaceAll(":", "-")}-${randomToken("", 6)}.eml`);
  await writeFile(`${path}.part`, message as Buffer, { mode: 0o600 });
  await rename(`${path}.part`, path);
}

function toText(block: MailBlock): string {
  if (typeof block === "string") return block;
  if ("href" in block) return `${block.action}: ${block.href}`;
  return Object.entries(block.values).map(([name, value]) => `${name}: ${value}`).join("\n");
}
