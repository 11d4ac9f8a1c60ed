import { open, readFile } from "node:fs/promises";

import PostalMime, { type Email } from "postal-mime";

import { showEmail, toComparableEmail } from "#lib/email-address.ts";
import { env } from "#lib/env.ts";
import { isKeptMailId, keptAt, keptMailPath, listKeptMailIds } from "#lib/mail/kept-mail-folder.ts";
import type { KeptMail, ReadableMail } from "#lib/legrand/mail/kept-mail.ts";
import { KEPT_MAIL_LIMIT, LISTED_MAIL_LIMIT } from "#lib/mail/mail-constants.ts";
import { splitLinks } from "#lib/legrand/mail/split-links.ts";

/**
 * How much of a file the list reads. It contains recipient, subject and date, whatever the length of the
 * mail.
 */
const HEAD_BYTES = 4 * 1024;

/**
 * Lists the newest hundred kept mails, newest first. With `to`, only mails to that recipient, in any case and
 * with the domain in any spelling. Reads only the beginning of a bounded number of files, however many there
 * are.
 */
export async function listKeptMail(to: string | null): Promise<KeptMail[]> {
  const ids = (await listKeptMailIds()).slice(0, to ? KEPT_MAIL_LIMIT : LISTED_MAIL_LIMIT);
  const mails = (await Promise.all(ids.map(readHead))).filter((mail) => mail !== null);
  return mails
    .filter((mail) => !to || toComparableEmail(mail.to) === toComparableEmail(to))
    .slice(0, LISTED_MAIL_LIMIT);
}

/** Returns the kept mail with that identifier, its text in pieces, or null if it does not exist. */
export async function findKeptMail(id: string): Promise<ReadableMail | null> {
  const bytes = await readKeptMail(id);
  if (!bytes) return null;
  const email = await PostalMime.parse(bytes);
  return {
    ...describe(id, email),
    from: email.from?.address ?? "",
    pieces: splitLinks(email.text ?? "", env().origin),
  };
}

/**
 * Returns the kept mail with that identifier byte for byte as it would have been sent, or null if it does not
 * exist.
 */
export async function readKeptMail(id: string): Promise<Buffer<ArrayBuffer> | null> {
  return isKeptMailId(id) ? readFile(keptMailPath(id)).catch(nullWhenGone) : null;
}

async function readHead(id: string): Promise<KeptMail | null> {
  const file = await open(keptMailPath(id)).catch(nullWhenGone);
  if (!file) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.subarray(0, bytesRead).toString("latin1").split("\r\n\r\n")[0]!;
    return describe(id, await PostalMime.parse(Buffer.from(`${head}\r\n\r\n`, "latin1")));
  } finally {
    await file.close();
  }
}

function describe(id: string, { to, subject }: Email): KeptMail {
  return { id, keptAt: keptAt(id), to: showEmail(to?.[0]?.address ?? ""), subject: subject ?? "" };
}

// The file may be swept after the folder was listed.
function nullWhenGone(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
