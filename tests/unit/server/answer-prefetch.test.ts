import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";

import { describe, expect, test } from "vitest";

import { answerPrefetch } from "#lib/server/front/answer-prefetch.ts";

function ask(url: string, headers: Record<string, string>) {
  const request = Object.assign(new IncomingMessage(new Socket()), { url, method: "GET", headers });
  const response = new ServerResponse(request);
  return {
    isAnswered: answerPrefetch(request, response),
    status: response.statusCode,
    caching: response.getHeader("cache-control"),
  };
}

describe("answers 503 to a prefetch without processing it (Fetch §3.2.7)", () => {
  test.each<Record<string, string>>([
    { "sec-purpose": "prefetch" },
    { "sec-purpose": "prefetch;prerender" },
    { "sec-purpose": "prefetch;anonymous-client-ip" },
    { purpose: "prefetch" },
    { "x-moz": "prefetch" },
  ])("%o", (headers) => {
    for (const url of [
      "/api/auth/callback/legrand?code=a&state=b",
      "/legrand/authorize?client_id=c",
      "/legrand/applications/x",
      "/admin/audit/export",
      "/admin/nothing",
      "/nothing",
      "/",
    ]) {
      expect({ url, ...ask(url, headers) }).toEqual({
        url,
        isAnswered: true,
        status: 503,
        caching: "no-store",
      });
    }
  });

  test("a navigation is not a prefetch, and files may be prefetched", () => {
    for (const headers of [{}, { "sec-purpose": "" }, { purpose: "navigation" }] as Record<string, string>[])
      expect(ask("/api/auth/callback/legrand", headers).isAnswered).toBe(false);
    expect(ask("/_next/static/chunks/main.js", { "sec-purpose": "prefetch" }).isAnswered).toBe(false);
  });
});
