/** Returns npm as the caller started it, or else the first on the PATH, with its first arguments. */
export function npmCommand(): [string, string[]] {
  const script = process.env.npm_execpath;
  return script ? [process.execPath, [script]] : ["npm", []];
}
