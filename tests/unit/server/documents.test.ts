import { once } from "node:events";
import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";

import { markDatabaseFailure } from "#lib/http/database-failure.ts";
import { finishDocument, isDocumentRequest } from "#lib/server/documents/finish-document.ts";
import { isScriptless } from "#lib/server/front/find-traits.ts";
import { withoutEffectsOfHead } from "#lib/server/front/without-effects-of-head.ts";
import { SECRETS } from "#tests/unit/environment.ts";

beforeAll(() => {
  Object.assign(process.env, SECRETS);
});

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** Returns what a browser receives, over a real connection, of the page that `render` writes. */
async function get(
  path: string,
  render: (response: ServerResponse) => void,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<Answer> {
  const server = createServer((incoming, response) => {
    if (isDocumentRequest(incoming))
      finishDocument(incoming, response, { requestId: "0badf00d", isDocument: true });
    render(response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  try {
    const [response] = (await once(
      request({ port, host: "127.0.0.1", path, method, headers: { accept: "text/html", ...headers } }).end(),
      "response",
    )) as [IncomingMessage];
    const body = Buffer.concat((await response.toArray()) as Buffer[]);
    return { status: response.statusCode!, headers: response.headers, body };
  } finally {
    server.close();
  }
}

const HTML = { "content-type": "text/html; charset=utf-8" };
const PAGE =
  '<!DOCTYPE html><html><head><link rel="preload" as="script" href="/_next/a.js"/><link rel="stylesheet" href="/a.css"/></head><body><h1>Sign in</h1>' +
  '<script src="/_next/a.js" async=""></script><form><input name="email"/></form><script nonce="n">self.__next_f.push([1,"</h1>"])</script></body></html>';
const page = (response: ServerResponse) => void response.writeHead(200, HTML).end(PAGE);

describe("sends the sandbox's sign-in, consent and error pages without scripts", () => {
  test.each([
    ["/legrand/interaction/abc", true],
    ["/legrand/authorize", true],
    ["/legrand/authorization-error", true],
    ["/legrand/sign-in", true],
    ["/legrand/sign-up", true],
    ["/legrand/sign-up/confirm", true],
    ["/legrand/reset-password", true],
    ["/legrand/account", true],
    ["/legrand/account/delete", true],
    ["/", false],
    ["/account", false],
    ["/legrand/interaction/abc/sign-in", false],
    ["/legrand/interaction/", false],
    ["/legrand/applications", false],
    ["/x/legrand/authorize", false],
  ])("%s: %s", (path, expected) => {
    expect(isScriptless(path)).toBe(expected);
  });

  test("removes every script and nothing else", async () => {
    const text = (await get("/legrand/interaction/abc?x=1", page)).body.toString();
    expect(text).not.toMatch(/script/i);
    expect(text).toContain('<h1>Sign in</h1><form><input name="email"/></form></body></html>');
    expect(text).toContain('<link rel="stylesheet" href="/a.css"/>');
  });

  test("also removes scripts on several lines, across chunks, and next to each other", async () => {
    const { body } = await get("/legrand/authorize", (response) => {
      response.setHeader("content-type", "text/html");
      response.write("<p>a</p><scr");
      response.write(Buffer.from("ipt>\nif (1 < 2) {\n}\n</script><script>b</script>"));
      response.end("<p>c</p>");
    });
    expect(body.toString()).toBe("<p>a</p><p>c</p>");
  });

  const PASSWORD_SCRIPT = '<script src="/show-password.js" defer=""></script>';

  test.each([
    ["/legrand/sign-in", true],
    ["/legrand/interaction/abc", true],
    ["/legrand/sign-up/confirm", true],
    ["/legrand/reset-password", true],
    ["/legrand/account", true],
    ["/legrand/account/delete", true],
    ["/legrand/sign-up", false],
    ["/legrand/authorize", false],
    ["/admin", false],
  ])(
    "keeps the one static script of a page with a password field (decision 61): %s: %s",
    async (path, kept) => {
      const { body } = await get(path, (response) => {
        response
          .writeHead(200, HTML)
          .end(`${PAGE}${PASSWORD_SCRIPT}<script src="/show-password.js">1</script>`);
      });
      expect(body.toString().match(/<script[^]*?<\/script>/g)).toEqual(kept ? [PASSWORD_SCRIPT] : null);
    },
  );

  test("keeps the scripts of other pages", async () => {
    expect((await get("/account", page)).body.toString()).toBe(PAGE);
  });

  test("leaves anything but HTML unchanged", async () => {
    const json = JSON.stringify({ error: "<script>1</script>" });
    expect(
      (
        await get(
          "/legrand/authorize",
          (response) => void response.writeHead(400, { "content-type": "application/json" }).end(json),
        )
      ).body.toString(),
    ).toBe(json);
  });
});

describe("sends a page whole", () => {
  const long = (response: ServerResponse) => void response.writeHead(200, HTML).end("é".repeat(5_000));

  test.each([
    ["br", brotliDecompressSync],
    ["gzip", gunzipSync],
    ["gzip, deflate, br", brotliDecompressSync],
  ])("compressed for a browser that accepts %s", async (accepted, decompress) => {
    const { headers, body } = await get("/", long, { "accept-encoding": accepted });
    expect(decompress(body).toString()).toBe("é".repeat(5_000));
    expect(headers["content-length"]).toBe(String(body.length));
  });

  test("uncompressed for a browser that accepts no encoding, with its length in bytes", async () => {
    const { headers, body } = await get("/", long);
    expect([headers["content-encoding"], headers["content-length"], body.length]).toEqual([
      undefined,
      "10000",
      10_000,
    ]);
  });

  test("keeps a redirect, with its cookies", async () => {
    const { status, headers } = await get(
      "/",
      (response) =>
        void response.writeHead(303, { location: "/account", "set-cookie": ["a=1", "b=2"] }).end(),
    );
    expect([status, headers.location, headers["set-cookie"]]).toEqual([303, "/account", ["a=1", "b=2"]]);
  });
});

describe("compresses a page without keeping other requests waiting", () => {
  const LONG = Array.from({ length: 200_000 }, (_, index) => `<p>${index}</p>`).join("");

  test("the response is open until then, takes nothing more, and calls back once", async () => {
    const events: string[] = [];
    const { status, body } = await get(
      "/",
      (response) => {
        response.writeHead(200, HTML).end(LONG, () => events.push("done"));
        response.write("after the end");
        response.end("twice");
        response.statusCode = 500;
        events.push(response.writableEnded ? "ended" : "open");
        setImmediate(() => events.push(response.headersSent ? "sent" : "still compressing"));
      },
      { "accept-encoding": "br" },
    );
    expect([status, brotliDecompressSync(body).toString() === LONG]).toEqual([200, true]);
    await expect.poll(() => events).toEqual(["open", "still compressing", "done"]);
  });

  test("a short page is sent at once", async () => {
    let isSent = false;
    const { headers } = await get(
      "/",
      (response) => {
        page(response);
        isSent = response.headersSent;
      },
      { "accept-encoding": "br" },
    );
    expect([isSent, headers["content-encoding"]]).toEqual([true, undefined]);
  });

  test("no error follows if the client disconnects while its page is compressed", async () => {
    const responses: ServerResponse[] = [];
    const answer = get(
      "/",
      (response) => {
        response.writeHead(200, HTML).end(LONG);
        response.req.socket.destroy();
        responses.push(response);
      },
      { "accept-encoding": "br" },
    );
    await expect(answer).rejects.toThrow("socket hang up");
    expect(responses[0]!.writableEnded, "the page is still being compressed").toBe(false);
    await expect.poll(() => responses[0]!.writableEnded).toBe(true);
    expect(responses[0]!.destroyed).toBe(true);
  });
});

test("the answer to a HEAD sets no cookie, also for a page that is held back (decision 49)", async () => {
  const cookiesOf = async (method: string) => {
    const server = createServer((incoming, response) =>
      withoutEffectsOfHead(incoming, response, () => {
        response.setHeader("set-cookie", "stale=; Max-Age=0");
        finishDocument(incoming, response, { requestId: "0badf00d", isDocument: false });
        page(response);
      }),
    ).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const response = await fetch(`http://127.0.0.1:${port}/account`, { method }).finally(() =>
      server.close(),
    );
    return response.headers.getSetCookie();
  };
  expect([await cookiesOf("GET"), await cookiesOf("HEAD")]).toEqual([["stale=; Max-Age=0"], []]);
});

describe("sends a plain page with a request id if a page failed to render (issue 2, Bad input)", () => {
  const failing = (response: ServerResponse) =>
    void response.writeHead(500, HTML).end("<p>TypeError: secret detail</p>");

  test("500 for a bug, without its detail, a script, or any address but ours", async () => {
    const { status, headers, body } = await get("/account", failing);
    expect(status).toBe(500);
    expect(body.toString()).toContain("0badf00d");
    expect(body.toString()).not.toMatch(/secret detail|<script|https?:/);
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'sha256-/);
  });

  test("503 if the database is the reason", async () => {
    markDatabaseFailure(
      "0badf00d",
      Object.assign(new Error("unreachable"), { name: "PrismaClientInitializationError" }),
    );
    const { status, headers } = await get("/account", failing);
    expect([status, headers["retry-after"]]).toEqual([503, "5"]);
  });
});

describe("buffers only a browser's request for a page, or with a form", () => {
  const ask = (method: string, url: string, headers: Record<string, string>) =>
    isDocumentRequest({ method, url, headers } as never);

  test.each<[boolean, string, string, Record<string, string>]>([
    [true, "GET", "/", { accept: "text/html,application/xhtml+xml" }],
    [false, "GET", "/", { accept: "*/*" }],
    [false, "GET", "/", {}],
    [true, "POST", "/sign-out", { accept: "text/html" }],
    [false, "HEAD", "/", { accept: "text/html" }],
    [false, "GET", "/account", { accept: "text/html", rsc: "1" }],
    [false, "GET", "/_next/static/a.css", { accept: "text/html" }],
  ])("%s: %s %s %o", (expected, method, url, headers) => {
    expect(ask(method, url, headers)).toBe(expected);
  });
});

describe("a page that is found missing during its rendering (Next sends an empty one that needs a script)", () => {
  const shell = (path: string) =>
    get(path, (response) => {
      response
        .writeHead(404, { ...HTML, link: "</_next/a.js>; rel=preload" })
        .end(`<!DOCTYPE html><html id="__next_error__"><body><script>push("${path}")</script></body></html>`);
    });

  test("is complete without a script, and identical for every address", async () => {
    const [one, other] = [await shell("/legrand/applications/1"), await shell("/legrand/applications/2")];
    expect(one.status).toBe(404);
    expect(one.body.toString()).toContain("Page not found");
    expect(one.body.toString()).not.toContain("script");
    expect(one.headers.link).toBeUndefined();
    expect(one.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(one.body).toEqual(other.body);
  });

  test("keeps a 404 page that was rendered", async () => {
    const { status, body } = await get(
      "/no/such/page",
      (response) => void response.writeHead(404, HTML).end(PAGE),
    );
    expect({ status, body: body.toString() }).toEqual({ status: 404, body: PAGE });
  });
});

describe("a refused form shows its sentence to a person as a page, and to a program as JSON", () => {
  const refusal = (status: number, body: object) => (response: ServerResponse) =>
    void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  const SENTENCE = { error: "not_found", error_description: "There is no such draft: <b>it</b> & more." };

  test("the page has the sentence, and a link to continue", async () => {
    const { status, headers, body } = await get(
      "/legrand/applications/new/review/submit",
      refusal(404, SENTENCE),
      {},
      "POST",
    );
    expect(status).toBe(404);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(body.toString()).toContain(
      "<p>There is no such draft: &lt;b&gt;it&lt;/b&gt; &amp; more.</p><p>Nothing was changed.</p>",
    );
    expect(body.toString()).toContain('<a href="http://localhost:3000/legrand/applications">');
  });

  test.each([
    ["/legrand/token"],
    ["/legrand/api/smarther/v2.0/plants"],
    ["/legrand/revoke"],
    ["/api/health"],
  ])("keeps the JSON of an endpoint for programs: %s", async (path) => {
    expect(JSON.parse((await get(path, refusal(400, SENTENCE), {}, "POST")).body.toString())).toEqual(
      SENTENCE,
    );
  });

  test("keeps the JSON also if the caller accepts no HTML, the answer has no sentence, or it is not a refusal", async () => {
    const path = "/legrand/applications/new/review/submit";
    expect(
      JSON.parse(
        (await get(path, refusal(404, SENTENCE), { accept: "application/json" }, "POST")).body.toString(),
      ),
    ).toEqual(SENTENCE);
    expect(JSON.parse((await get(path, refusal(404, { error: "x" }), {}, "POST")).body.toString())).toEqual({
      error: "x",
    });
    expect(JSON.parse((await get(path, refusal(200, SENTENCE), {}, "POST")).body.toString())).toEqual(
      SENTENCE,
    );
  });
});
