import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";

import { env } from "#lib/env.ts";
import { ANSWER_LIMIT_MS } from "#lib/legrand/notifications/notification-constants.ts";
import { isPublicAddress, lookupPublic } from "#lib/legrand/notifications/public-address.ts";
import type { EndPoint } from "#lib/legrand/notifications/store.ts";

/**
 * Posts a notification and returns whether it was taken: answered within 750 ms and below 300. No redirect is
 * followed, nothing of the answer's body is read. No address is asked that is not public, unless a program on
 * this machine subscribed it and the origin still is this machine: the data folder may have moved.
 */
export function postNotification({ endPointUrl, mayBeLocal }: EndPoint, body: string): Promise<boolean> {
  const url = new URL(endPointUrl);
  const isLocal = mayBeLocal && env().isLocal;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (!isLocal && (url.protocol !== "https:" || (isIP(host) && !isPublicAddress(host))))
    return Promise.resolve(false);
  return new Promise((resolve) => {
    const request = (url.protocol === "https:" ? https : http).request(url, {
      method: "POST",
      agent: false,
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      ...(isLocal ? {} : { lookup: lookupPublic }),
      headers: {
        "content-type": "application/json; charset=utf-8",
        "content-length": Buffer.byteLength(body),
      },
    });
    request.on("response", (response) => {
      resolve(response.statusCode! < 300);
      request.destroy();
    });
    request.on("error", () => resolve(false));
    // After 101 Node closes the connection, and there is neither an answer nor an error.
    request.on("close", () => resolve(false));
    request.end(body);
  });
}
