/**
 * Thrown if a start or an operator's command cannot go on. The message tells the operator which file or
 * server it is about, what is wrong, and what to do.
 */
export class StartError extends Error {
  /**
   * The sentences to print, in the form of `EnvironmentError` (lib/env.ts). They are printed as they are, so
   * they must never contain a secret.
   */
  readonly problems: string[];
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.problems = [message];
  }
}
