import { expect, test } from "vitest";

import { rewriteTarget } from "#lib/server/front/rewrite-target.ts";

const ID = "c0e2d1f4-6b7a-4f0e-9d3c-5a8b1e2f7c60";

test.each([
  "/legrand/api/smarther/v2.0/plants",
  "/legrand/api/hc/api/v1.0/plants",
  "/legrand/api/echo/resource",
  "/legrand/token",
  "/legrand/jwks",
  "/legrand/userinfo",
  "/legrand/revoke",
  "/legrand/introspect",
  "/legrand/.well-known/openid-configuration",
  `/legrand/${ID}/.well-known/openid-configuration`,
])("removes a slash at the end of an address for programs: %s", (path) => {
  expect([rewriteTarget(`${path}/`), rewriteTarget(`${path}/?a=b/`), rewriteTarget(path)]).toEqual([
    path,
    `${path}?a=b/`,
    path,
  ]);
});

test.each([
  "/",
  "/account/",
  "/legrand/",
  "/legrand/sign-in/",
  "/legrand/authorize/",
  "/legrand/interaction/x/",
  "/legrand/mail/",
  "/api/auth/callback/legrand/",
  "/legrand/apis/",
  "/legrand/tokens/",
  "/legrand/api/",
  "/legrand/token//",
  "/legrand/token?a=/",
  "/admin/",
  "/%6cegrand/token/",
])("leaves any other address unchanged, so that pages keep their redirect: %s", (target) => {
  expect(rewriteTarget(target)).toBe(target);
});

test("serves the metadata of an issuer with a path at the address that OAuth 2.0 defines (RFC 8414 §3.1)", () => {
  for (const slash of ["", "/"])
    expect(rewriteTarget(`/.well-known/oauth-authorization-server/legrand${slash}`)).toBe(
      "/legrand/.well-known/oauth-authorization-server",
    );
});
