/** A request that is refused before anybody looks at what it asks for. */
export class UnreadableRequestError extends Error {
  readonly status: 400 | 413 | 415;
  constructor(status: 400 | 413 | 415, message: string) {
    super(message);
    this.status = status;
  }
}
