import { Connection, type Answer } from "#tests/bench/http-client.ts";

const ACCEPT = { accept: "text/html,application/xhtml+xml", "accept-encoding": "identity" };

/** As much of a browser as a plain form needs: a connection that keeps its cookies. */
export class Browser {
  readonly connection = new Connection();
  private readonly jar = new Map<string, string>();

  /** The `Cookie` header as it would be sent now. */
  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /**
   * Only the cookies whose name begins so: what a later visit would send, when the interaction's own are
   * gone.
   */
  cookiesOf(prefix: string): string {
    return [...this.jar]
      .filter(([name]) => name.startsWith(prefix))
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
        headers: ACCEPT,
      }),
    );
  }

  /**
   * Keeps the cookies of an answer. Paths are left aside: no two cookies of this flow have one name and
   * different paths at a time.
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
