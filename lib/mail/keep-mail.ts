import { mkdir, rename, rm, writeFile } from "node:fs/promises";

import { createTransport, type SendMailOptions } from "nodemailer";

import { keptMailFolder, keptMailPath, newKeptMailId } from "#lib/mail/kept-mail-folder.ts";
import { sweepKeptMail } from "#lib/mail/sweep-kept-mail.ts";

/**
 * Writes the message into the data folder, whole or not at all, for the owner of the process only; the oldest
 * beyond the limit goes.
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
 * A full disk leaves half a mail behind, which may have a secret in it, and which nothing would ever sweep.
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
