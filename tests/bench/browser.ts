import { Connection, type Answer } from "#tests/bench/http-client.ts";

const ACCEPT = { accept: "text/html,application/xhtml+xml", "accept-encoding": "identity" };

/** A minimal browser for plain forms: a connection that keeps its cookies. */
export class Browser {
  readonly connection = new Connection();
  private readonly jar = new Map<string, string>();

  /** The `Cookie` header for the next request. */
  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /**
   * Returns only the cookies whose names match: those of a later visit, after the interaction's own cookies
   * are gone.
   */
  cookiesOf(names: RegExp): string {
    return [...this.jar]
      .filter(([name]) => names.test(name))
      .map(([name, value]) => `${name}=${value}`)
      .join("; ");
  }

  async get(url: string): Promise<Answer> {
    return this.keep(await this.connection.send(url, { cookie: this.cookie, headers: ACCEPT }));
  }

  async post(url: string, form: Record<string, string> | [string, string][]): Promise<Answer> {
    return this.keep(
      await this.connection.send(url, {
        form: new URLSearchParams(form),
        cookie: this.cookie,
        headers: { ...ACCEPT, origin: new URL(url).origin },
      }),
    );
  }

  /**
   * Stores the cookies of an answer. Paths are ignored, because this flow never has two cookies with one name
   * and different paths at a time.
   */
  keep(answer: Answer): Answer {
    for (const line of answer.cookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value && !/expires=Thu, 01 Jan 1970/i.test(line)) this.jar.set(name!, value);
      else this.jar.delete(name!);
    }
    return answer;
  }
}
