import { IncomingMessage } from "node:http";
import { Socket } from "node:net";

import { expect, test } from "vitest";

import { SANDBOX_ENDPOINTS } from "#lib/legrand/endpoints.ts";
import { matchEndpoint } from "#lib/server/front/answer-endpoint.ts";

const ID = "c0e2d1f4-6b7a-4f0e-9d3c-5a8b1e2f7c60";

function find(url: string, method = "GET") {
  const request = Object.assign(new IncomingMessage(new Socket()), { url, method });
  return matchEndpoint(SANDBOX_ENDPOINTS, request);
}

test.each([
  "/legrand/api/smarther/v2.0/plants",
  "/legrand/api/hc/api/v1.0/plants",
  "/legrand/jwks",
  "/legrand/userinfo",
  "/legrand/.well-known/openid-configuration",
  `/legrand/${ID}/.well-known/openid-configuration`,
  "/.well-known/oauth-authorization-server/legrand",
])("finds an endpoint with a slash at the end, a query, or an encoded letter: %s", (path) => {
  const handler = find(path)!.handler;
  for (const target of [`${path}/`, `${path}?a=b/`, path.replace("e", "%65")])
    expect(find(target)).toMatchObject({ handler, path });
});

test.each(["/legrand/token", "/legrand/revoke", "/legrand/introspect", "/legrand/api/echo/resource"])(
  "finds an endpoint by its method: %s",
  (path) => expect([find(path, "POST")?.path, find(`${path}/`, "POST")?.path]).toEqual([path, path]),
);

test("finds an address that browsers open for any spelling, except with a slash at the end", () => {
  for (const target of ["/legrand/authorize", "/legrand/%61uthorize?a=/"])
    expect(find(target)?.path).toBe("/legrand/authorize");
});

test("a HEAD is answered by the handler of GET", () => {
  expect(find("/legrand/jwks", "HEAD")?.handler).toBe(find("/legrand/jwks")?.handler);
  expect(find("/legrand/token", "HEAD")).toBeNull();
});

test("passes the dynamic segments by their names", () => {
  expect(find(`/legrand/api/hc/api/v1.0/plants/${ID}/topology`)?.parameters).toEqual({ plantId: ID });
  expect(find("/legrand/api/a/b%2Fc")?.parameters).toEqual({ unknown: "a/b%2Fc" });
  expect(find("/legrand/authorize/a_b")?.parameters).toEqual({ uid: "a_b" });
});

test.each([
  "/",
  "/account/",
  "/legrand",
  "/legrand/sign-in/",
  "/legrand/interaction/x/",
  "/legrand/mail/",
  "/api/auth/callback/legrand/",
  "/legrand/apis/",
  "/legrand/tokens/",
  "/legrand/api/",
  "/legrand/authorize/",
  "/legrand/authorize/?state=x",
  "/legrand/authorize/a.b",
  "/admin/",
])("leaves a page, a route and an unknown address to Next: %s", (target) => {
  expect(find(target)).toBeNull();
});
