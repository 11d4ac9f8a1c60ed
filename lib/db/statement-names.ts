import { hash } from "node:crypto";

/** Begins a hot statement whose text never varies. */
const MARK = /^\s*\/\* prepared \*\//;
/** Most names of a process. PostgreSQL keeps each in every session, so a text that varies must not add more. */
const MOST_NAMES = 100;

/**
 * The names of the prepared statements of one pool. A statement has a name if its text begins with
 * `/* prepared *\/`. PostgreSQL parses and plans a named statement once a session (decision 57).
 */
export class StatementNames {
  #names = new Map<string, string>();
  #round = 0;

  /** The number of calls of `renew` that had an effect. */
  get round(): number {
    return this.#round;
  }

  /**
   * Returns the name of this statement, or an empty string if it has none. The name has 46 bytes at most; the
   * limit of PostgreSQL is 63.
   */
  nameOf(sql: string): string {
    const known = this.#names.get(sql);
    if (known !== undefined) return known;
    if (!MARK.test(sql) || this.#names.size >= MOST_NAMES) return "";
    const name = `${this.#round}_${hash("sha256", sql, "base64url").slice(0, 30)}`;
    this.#names.set(sql, name);
    return name;
  }

  /**
   * Gives all statements new names, so that every session prepares them again. Does nothing if the names of
   * `round` have already been replaced.
   */
  renew(round: number): void {
    if (round !== this.#round) return;
    this.#round++;
    this.#names.clear();
  }
}
