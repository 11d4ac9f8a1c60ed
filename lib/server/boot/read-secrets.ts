import { readFileSync } from "node:fs";

import { z } from "zod";

import { explainFileError } from "#lib/db/explain-file-error.ts";
import { StartError } from "#lib/start-error.ts";

const schema = z.record(z.string(), z.string());

/** The values in `secrets.json`, by the names of the variables. */
export type SecretValues = z.infer<typeof schema>;

/**
 * Reads the file with the secrets. Returns null if the file does not exist. Throws `StartError` if it cannot
 * be read, is empty, or was cut off.
 */
export function readSecrets(path: string): SecretValues | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw explainFileError(error, path);
  }
  const values = schema.safeParse(parseJson(text));
  if (!values.success) throw damaged(path, text);
  return values.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Describes a damaged file. Leaves out the parser's message, which quotes the text and so the secrets in it.
 */
function damaged(path: string, text: string): StartError {
  const what = text.trim() ? "is cut off, or is not the JSON that the first start wrote" : "is empty";
  return new StartError(
    `${path} ${what}. It holds the key to all encrypted data. Restore it from your backup. Delete it only if nothing is stored yet: the next start then creates a new one.`,
  );
}
