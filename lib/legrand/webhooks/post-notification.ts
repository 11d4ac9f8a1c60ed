import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";

import { env } from "#lib/env.ts";
import { ANSWER_LIMIT_MS } from "#lib/legrand/webhooks/notification-constants.ts";
import { isPublicAddress, lookupPublic } from "#lib/legrand/webhooks/public-address.ts";
import type { EndPoint } from "#lib/legrand/webhooks/store.ts";

/**
 * Posts a notification. Returns true if it was accepted: answered within 750 ms and with a status below 300.
 * Follows no redirect, and reads nothing of the answer's body.
 *
 * Never connects to an address that is not public, unless a program on this machine subscribed it and the
 * origin is still this machine, because the data folder may have moved.
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
    // After a 101, Node closes the connection and reports neither an answer nor an error.
    request.on("close", () => resolve(false));
    request.end(body);
  });
}
