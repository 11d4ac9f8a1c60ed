/**
 * A start, or a command of the operator, cannot go on. The message is a sentence for the operator: the file
 * or the server, what is wrong, what to do.
 */
export class StartError extends Error {
  /**
   * The sentences to print, in the form of `EnvironmentError` (lib/env.ts). Printed as they are: they never
   * contain a secret.
   */
  readonly problems: string[];
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.problems = [message];
  }
}
