import { mkdir, rename, rm, writeFile } from "node:fs/promises";

import { createTransport, type SendMailOptions } from "nodemailer";

import { keptMailFolder, keptMailPath, newKeptMailId } from "#lib/mail/kept-mail-folder.ts";
import { sweepKeptMail } from "#lib/mail/sweep-kept-mail.ts";

/**
 * Writes the message into the data folder, completely or not at all, readable only by the owner of the
 * process. Deletes the oldest mails beyond the limit.
 */
export async function keepMail(message: SendMailOptions): Promise<void> {
  const composer = createTransport({
    streamTransport: true,
    buffer: true,
    newline: "windows",
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { message: bytes } = await composer.sendMail(message);
  await mkdir(keptMailFolder(), { recursive: true, mode: 0o700 });
  const path = keptMailPath(newKeptMailId());
  await writeWhole(path, bytes as Buffer);
  await sweepKeptMail();
}

/**
 * Writes the whole file, or removes the partial one. After a full disk, half a mail would remain, which may
 * contain a secret and which no sweep would delete.
 */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  try {
    await writeFile(`${path}.part`, bytes, { mode: 0o600 });
    await rename(`${path}.part`, path);
  } catch (error) {
    await rm(`${path}.part`, { force: true });
    throw error;
  }
}
