import { randomInt } from "node:crypto";
import { request } from "node:http";

import { Browser, testOrigin } from "#tests/factories/browser.ts";

/** Returns an address of this machine that no other test uses. All of 127.0.0.0/8 belongs to the machine. */
export function newNetwork(): string {
  return `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(2, 255)}`;
}

/**
 * Sends a form from that address of this machine, with the cookies of `browser` for the path, and stores
 * those of the answer. Returns the status and the redirect of the answer.
 */
export function postFrom(
  localAddress: string,
  path: string,
  form: Record<string, string>,
  browser = new Browser(),
  headers: Record<string, string> = {},
): Promise<{ status: number; location: string | undefined }> {
  const { port } = new URL(testOrigin());
  const sent = request({
    host: "127.0.0.1",
    port,
    path,
    method: "POST",
    localAddress,
    headers: {
      host: new URL(testOrigin()).host,
      cookie: browser.cookieFor(path),
      origin: testOrigin(),
      "content-type": "application/x-www-form-urlencoded",
      ...headers,
    },
  });
  return new Promise((resolve, reject) => {
    sent.on("error", reject).on("response", (response) => {
      response.resume().on("end", () => {
        for (const line of response.headers["set-cookie"] ?? []) browser.keep(line);
        resolve({ status: response.statusCode!, location: response.headers.location });
      });
    });
    sent.end(new URLSearchParams(form).toString());
  });
}
