/** Thrown for a request that is refused before its content is processed. */
export class UnreadableRequestError extends Error {
  readonly status: 400 | 413 | 415;
  constructor(status: 400 | 413 | 415, message: string) {
    super(message);
    this.status = status;
  }
}
