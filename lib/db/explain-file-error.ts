import { StartError } from "#lib/start-error.ts";

const owner = () =>
  process.getuid
    ? ` Give it to the user who starts the server (uid ${process.getuid()}), or set DATA_DIR to another folder.`
    : " Set DATA_DIR to a folder that the user who starts the server may write to.";

/** Messages by the code of the system's error (errno(3)): what is wrong with that path, and what to do. */
const SENTENCES: Record<string, (path: string) => string> = {
  ENOSPC: (path) => `The disk is full: ${path} could not be written. Make room, then start again.`,
  EDQUOT: (path) => `The disk quota is used up: ${path} could not be written. Make room, then start again.`,
  EACCES: (path) => `No permission for ${path}.${owner()}`,
  EPERM: (path) => `No permission for ${path}.${owner()}`,
  EROFS: (path) => `${path} is on a read-only file system. Set DATA_DIR to a folder that can be written to.`,
  EEXIST: (path) =>
    `${path} is a file, but must be a folder. Move the file away, or set DATA_DIR to another folder.`,
  ENOTDIR: (path) => `${path} leads through a file where a folder is needed. Set DATA_DIR to another folder.`,
  EISDIR: (path) => `${path} is a folder, but must be a file. Move the folder away.`,
};

/**
 * Returns the `StartError` for a file system error at that path, or the error itself if it is of another
 * kind.
 */
export function explainFileError(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const sentence = code && SENTENCES[code];
  return sentence ? new StartError(sentence(path), error) : error;
}
