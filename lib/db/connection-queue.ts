/**
 * The order in which statements use the only connection of the embedded database. A statement alone is sent at
 * once, without waiting for the results of those before it, because the worker thread keeps their order. While
 * a transaction holds the connection, others wait, first come, first served.
 */
export class ConnectionQueue {
  #isHeld = false;
  #isAbandoned = false;
  #waiting: (() => void)[] = [];

  /** Calls `send` as soon as no transaction holds the connection, and returns its promise. */
  alone<T>(send: () => Promise<T>): Promise<T> {
    if (this.#isFree()) return send();
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        send().then(resolve, reject);
      });
    });
  }

  /**
   * Takes the connection for a transaction. Returns the function that releases it; calls after the first do
   * nothing.
   */
  hold(): Promise<() => void> {
    return new Promise((resolve) => {
      const take = () => {
        this.#isHeld = true;
        resolve(this.#release());
      };
      if (this.#isFree()) take();
      else this.#waiting.push(take);
    });
  }

  /** Lets everything that waits go on, now and later. For a connection that is lost, where each call fails. */
  abandon(): void {
    this.#isAbandoned = true;
    this.#goOn();
  }

  #isFree(): boolean {
    return this.#isAbandoned || (!this.#isHeld && this.#waiting.length === 0);
  }

  #release(): () => void {
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      this.#isHeld = false;
      this.#goOn();
    };
  }

  #goOn(): void {
    while (this.#isAbandoned || !this.#isHeld) {
      const next = this.#waiting.shift();
      if (!next) return;
      next();
    }
  }
}
