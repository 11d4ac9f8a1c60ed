import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { now } from "#lib/clock.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import { env } from "#lib/env.ts";

/** A time that sorts as text, and something random: nothing in it that a path could be made of. */
const ID = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)-[\w-]{8}$/;

/** Where mail is kept that no SMTP server takes. */
export function keptMailFolder(): string {
  return join(env().dataDir, "mail");
}

/** A new identifier for a mail that is kept now. */
export function newKeptMailId(): string {
  return `${now().toISOString().replaceAll(":", "-")}-${randomToken("", 6)}`;
}

/** Whether that has the form of an identifier of ours; only such a one becomes a part of a path. */
export function isKeptMailId(id: string): boolean {
  return ID.test(id) && !Number.isNaN(keptAt(id).getTime());
}

/** When the mail of that identifier was kept. */
export function keptAt(id: string): Date {
  return new Date(id.replace(ID, "$1:$2:$3"));
}

/** The file of the mail with that identifier. */
export function keptMailPath(id: string): string {
  return join(keptMailFolder(), `${id}.eml`);
}

/** The identifiers of all kept mail, newest first; the files are not opened. */
export async function listKeptMailIds(): Promise<string[]> {
  const names = await readdir(keptMailFolder()).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith(".eml"))
    .map((name) => name.slice(0, -4))
    .filter(isKeptMailId)
    .sort()
    .reverse();
}
