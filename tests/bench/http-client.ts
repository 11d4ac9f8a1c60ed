import { Agent, request as nodeRequest, type IncomingHttpHeaders } from "node:http";

/** An answer: its head, its body as text, and the time of its first byte. */
export type Answer = {
  status: number;
  location: string;
  headers: IncomingHttpHeaders;
  cookies: string[];
  body: string;
  firstByteMilliseconds: number;
};

type Send = {
  /** An encoded form, or its parameters. */ form?: URLSearchParams | string | undefined;
  cookie?: string | undefined;
  headers?: Record<string, string> | undefined;
};

/**
 * One keep-alive connection. It uses Node's own client rather than `fetch`, because the load generator shares
 * the cores with what it measures, and this client needs less of them.
 */
export class Connection {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  /** Sends a GET, or a POST if there is a form. Redirects are not followed. */
  send(url: string, { form, cookie, headers }: Send = {}): Promise<Answer> {
    const body = form?.toString();
    const begin = performance.now();
    return new Promise((resolve, reject) => {
      const sent = nodeRequest(
        url,
        {
          agent: this.agent,
          method: body === undefined ? "GET" : "POST",
          headers: {
            ...headers,
            ...(cookie ? { cookie } : {}),
            ...(body === undefined
              ? {}
              : {
                  "content-type": "application/x-www-form-urlencoded",
                  "content-length": Buffer.byteLength(body),
                }),
          },
        },
        (response) => {
          const firstByteMilliseconds = performance.now() - begin;
          let text = "";
          response
            .setEncoding("utf8")
            .on("data", (chunk: string) => {
              text += chunk;
            })
            .on("error", reject)
            .on("end", () =>
              resolve({
                status: response.statusCode!,
                location: response.headers.location ?? "",
                headers: response.headers,
                cookies: response.headers["set-cookie"] ?? [],
                body: text,
                firstByteMilliseconds,
              }),
            );
        },
      );
      // The server had closed a connection that was idle for its five seconds, and did not read the request
      // (RFC 9112 §9.3.1).
      sent
        .on("error", (error: NodeJS.ErrnoException) => {
          if (sent.reusedSocket && error.code === "ECONNRESET")
            resolve(this.send(url, { form, cookie, headers }));
          else reject(error);
        })
        .end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
