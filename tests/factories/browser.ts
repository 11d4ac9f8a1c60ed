/** The origin of the server under test. */
export const testOrigin = (): string => process.env.TEST_ORIGIN!;

/** One answer, with its body already read. */
export type Page = {
  url: string;
  status: number;
  headers: Headers;
  /** The whole body as text. */
  text: string;
  /** Absolute address of a redirect, or null. */
  location: string | null;
};

type Cookie = { name: string; value: string; path: string };
type Form = Record<string, string | string[]> | [string, string][];

const DOCUMENT = { accept: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1" };

/**
 * A minimal browser: a cookie jar with paths and expiry. It follows a redirect only when a test asks for it.
 */
export class Browser {
  readonly origin: string;
  cookies: Cookie[] = [];

  constructor(origin = testOrigin()) {
    this.origin = origin;
  }

  /** Sends one request with the cookies for its path, and stores those of the answer. */
  async send(address: string, init: RequestInit = {}): Promise<Page> {
    const url = new URL(address, this.origin);
    const headers = new Headers({ ...DOCUMENT, ...Object.fromEntries(new Headers(init.headers)) });
    const cookie = this.cookieFor(url.pathname);
    if (cookie) headers.set("cookie", cookie);
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    response.headers.getSetCookie().forEach((line) => this.keep(line));
    const location = response.headers.get("location");
    return {
      url: url.href,
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      location: location && new URL(location, url).href,
    };
  }

  /** Opens an address as a browser does for a person. */
  open(address: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.send(address, { headers });
  }

  /** Sends a form as a browser does, from the server's own origin unless `headers` override it. */
  post(address: string, form: Form, headers: Record<string, string> = {}): Promise<Page> {
    const pairs = Array.isArray(form)
      ? form
      : Object.entries(form).flatMap(([name, value]) =>
          [value].flat().map((one): [string, string] => [name, one]),
        );
    return this.send(address, {
      method: "POST",
      body: new URLSearchParams(pairs),
      headers: { origin: this.origin, ...headers },
    });
  }

  /** Follows redirects within the server under test. Returns the page, or the redirect that leads away. */
  async follow(page: Page, away: string[] = []): Promise<Page> {
    while (
      page.location?.startsWith(`${this.origin}/`) &&
      !away.some((address) => page.location!.startsWith(address))
    ) {
      page = await this.open(page.location);
    }
    return page;
  }

  /** Returns the value of the cookie of that name, or undefined. */
  cookie(name: string): string | undefined {
    return this.cookies.find((cookie) => cookie.name === name)?.value;
  }

  /** Returns the `Cookie` header for that path. */
  cookieFor(path: string): string {
    const isBelow = (folder: string) =>
      path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
    return this.cookies
      .filter((cookie) => isBelow(cookie.path))
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
  }

  /** Stores, replaces or deletes the cookie of that `Set-Cookie` line. */
  keep(line: string): void {
    const [pair = "", ...attributes] = line.split(/;\s*/);
    const attribute = (name: string) =>
      attributes.find((one) => one.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
    const [name, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    const path = attribute("path") ?? "/";
    this.cookies = this.cookies.filter((cookie) => cookie.name !== name || cookie.path !== path);
    const ended = attribute("max-age") === "0" || Date.parse(attribute("expires") ?? "") <= Date.now();
    if (!ended && value) this.cookies.push({ name, value, path });
  }
}
