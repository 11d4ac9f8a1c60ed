import { rm } from "node:fs/promises";

import { secondsFromNow } from "#lib/clock.ts";
import { keptAt, keptMailPath, listKeptMailIds } from "#lib/mail/kept-mail-folder.ts";
import { KEPT_MAIL_DAYS, KEPT_MAIL_LIMIT } from "#lib/mail/mail-constants.ts";

const DAY_SECONDS = 24 * 60 * 60;

/** Deletes kept mail beyond the newest 200, and mail older than 30 days. Returns how many were deleted. */
export async function sweepKeptMail(): Promise<number> {
  const oldest = secondsFromNow(-KEPT_MAIL_DAYS * DAY_SECONDS);
  return deleteAll(
    (await listKeptMailIds()).filter((id, position) => position >= KEPT_MAIL_LIMIT || keptAt(id) < oldest),
  );
}

/** Deletes all kept mail. Returns how many were deleted. */
export async function deleteKeptMail(): Promise<number> {
  return deleteAll(await listKeptMailIds());
}

async function deleteAll(ids: string[]): Promise<number> {
  // Another process may already have deleted the file.
  for (const id of ids) await rm(keptMailPath(id), { force: true });
  return ids.length;
}
