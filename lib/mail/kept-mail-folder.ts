import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { now } from "#lib/clock.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import { env } from "#lib/env.ts";

/** A time that sorts as text, and random characters. Has no character that could form a path. */
const ID = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)-[\w-]{8}$/;

/** Returns the folder for mail that is kept because no SMTP server is set. */
export function keptMailFolder(): string {
  return join(env().dataDir, "mail");
}

/** Returns a new identifier for a mail that is kept now. */
export function newKeptMailId(): string {
  return `${now().toISOString().replaceAll(":", "-")}-${randomToken("", 6)}`;
}

/** True if the value has the form of a kept mail's identifier. Only such a value becomes a part of a path. */
export function isKeptMailId(id: string): boolean {
  return ID.test(id) && !Number.isNaN(keptAt(id).getTime());
}

/** Returns when the mail with that identifier was kept. */
export function keptAt(id: string): Date {
  return new Date(id.replace(ID, "$1:$2:$3"));
}

/** Returns the path of the mail with that identifier. */
export function keptMailPath(id: string): string {
  return join(keptMailFolder(), `${id}.eml`);
}

/** Lists the identifiers of all kept mail, newest first. Does not open the files. */
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
