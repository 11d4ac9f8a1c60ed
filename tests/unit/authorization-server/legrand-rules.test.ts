import { describe, expect, test } from "vitest";

import type { Application } from "#lib/legrand/applications/store.ts";
import {
  completeAuthorizationRequest,
  completeTokenRequest,
  completeTokenResponse,
} from "#lib/legrand/authorization-server/legrand-rules.ts";
import { toClientId } from "#tests/factories/make-proofs.ts";

const APPLICATION: Application = {
  clientId: toClientId("5f0d3f4e-8a3b-4d0c-9d7e-111111111111"),
  type: "web",
  name: "Warm",
  description: "",
  vendor: "Acme",
  url: "https://acme.example",
  logoPath: null,
  state: "active",
  lastUsedAt: null,
  replyUrls: ["https://acme.example/callback"],
  scopes: ["topology.read", "comfort.read"],
  secrets: [],
  refreshPolicy: null,
  activationTime: "without_offset",
};

describe("completes an authorization request of a Legrand client (LEGRAND.md, Authorization request)", () => {
  const complete = (query: string, application: Application | null = APPLICATION) => {
    const parameters = new URLSearchParams(query);
    completeAuthorizationRequest(parameters, application);
    return parameters.toString();
  };

  test.each<[title: string, sent: string, completed: string]>([
    [
      "without scope the registered scopes are meant",
      "response_type=code&client_id=x",
      "response_type=code&client_id=x&scope=topology.read+comfort.read",
    ],
    [
      "an empty scope counts as none (RFC 6749 §3.1)",
      "response_type=code&scope=",
      "response_type=code&scope=topology.read+comfort.read",
    ],
    [
      "without scope, response_type may be missing too",
      "client_id=x",
      "client_id=x&response_type=code&scope=topology.read+comfort.read",
    ],
    [
      "another response_type stays, to be refused",
      "response_type=token",
      "response_type=token&scope=topology.read+comfort.read",
    ],
    [
      "with scope no other one is added than topology.read, which is always granted",
      "scope=comfort.read",
      "scope=comfort.read+topology.read",
    ],
    ["topology.read is added once", "scope=topology.read+comfort.read", "scope=topology.read+comfort.read"],
    [
      "scopes that say who a person is bring no topology.read",
      "scope=openid+profile+address",
      "scope=openid+profile+address",
    ],
    [
      "a repeated scope stays, to be refused",
      "scope=comfort.read&scope=comfort.read",
      "scope=comfort.read&scope=comfort.read",
    ],
    [
      "with PKCE a missing response_type is the client's error",
      "code_challenge=abc",
      "code_challenge=abc&scope=topology.read+comfort.read",
    ],
    [
      "what replaces the grant is asked as with prompt=consent (OpenID Connect Core §11)",
      "scope=a&grant_management_action=replace&prompt=login",
      "scope=a&grant_management_action=replace&prompt=login+consent",
    ],
    [
      "but not if the request forbids questions",
      "scope=a&grant_management_action=replace&prompt=none",
      "scope=a&grant_management_action=replace&prompt=none",
    ],
    [
      "and a prompt that was sent twice stays, to be refused",
      "scope=a&grant_management_action=replace&prompt=login&prompt=",
      "scope=a&grant_management_action=replace&prompt=login&prompt=",
    ],
  ])("%s", (_title, sent, completed) => {
    expect(complete(sent)).toBe(completed);
  });

  test("adds nothing for an unknown application", () => {
    expect(complete("client_id=x", null)).toBe("client_id=x");
  });
});

describe("completes a token request of a Legrand client (LEGRAND.md, Token request)", () => {
  const complete = (body: string, payload?: Record<string, unknown>) => {
    const parameters = new URLSearchParams(body);
    completeTokenRequest(parameters, payload);
    return parameters.toString();
  };
  const CODE = { redirectUri: "https://acme.example/callback" };

  test.each<[title: string, sent: string, payload: Record<string, unknown> | undefined, completed: string]>([
    [
      "an omitted redirect_uri is the one of the code",
      "grant_type=authorization_code&code=c",
      CODE,
      "grant_type=authorization_code&code=c&redirect_uri=https%3A%2F%2Facme.example%2Fcallback",
    ],
    [
      "one that is sent stays, to be compared",
      "grant_type=authorization_code&redirect_uri=https%3A%2F%2Fother.example",
      CODE,
      "grant_type=authorization_code&redirect_uri=https%3A%2F%2Fother.example",
    ],
    [
      "an empty one counts as none (RFC 6749 §3.2)",
      "grant_type=authorization_code&redirect_uri=",
      CODE,
      "grant_type=authorization_code&redirect_uri=https%3A%2F%2Facme.example%2Fcallback",
    ],
    [
      "a code that does not exist is refused as such, and not for a missing redirect_uri",
      "grant_type=authorization_code&code=c",
      undefined,
      "grant_type=authorization_code&code=c&redirect_uri=about%3Ano-such-code",
    ],
    [
      "a refresh without scope is not touched",
      "grant_type=refresh_token&refresh_token=r",
      CODE,
      "grant_type=refresh_token&refresh_token=r",
    ],
    [
      "a refresh that asks for less keeps topology.read",
      "grant_type=refresh_token&scope=comfort.read",
      { scope: "openid topology.read comfort.read" },
      "grant_type=refresh_token&scope=comfort.read+topology.read",
    ],
    [
      "but not where the access is without it (RFC 6749 §6)",
      "grant_type=refresh_token&scope=comfort.read",
      { scope: "comfort.read" },
      "grant_type=refresh_token&scope=comfort.read",
    ],
  ])("%s", (_title, sent, payload, completed) => {
    expect(complete(sent, payload)).toBe(completed);
  });
});

describe("a token response has expires_on, epoch seconds as a JSON number (LEGRAND.md: clients of before May 2025 read only this one)", () => {
  const access = { iat: 1_700_000_000, exp: 1_700_003_600 };
  const refresh = { iat: 1_700_000_000, exp: 1_700_086_400 };
  const body = { access_token: "a", expires_in: 3600 };

  test("the end of its access token, in addition to expires_in", () => {
    expect(completeTokenResponse(body, access, null)).toEqual({ ...body, expires_on: 1_700_003_600 });
  });

  test("and the whole lifetime of its refresh token, however late the response is", () => {
    expect(completeTokenResponse(body, access, refresh)).toEqual({
      ...body,
      expires_on: 1_700_003_600,
      refresh_token_expires_in: 86_400,
    });
  });

  test("and leaves them out if no token was issued", () => {
    expect(completeTokenResponse({ error: "invalid_grant" }, null, null)).toEqual({ error: "invalid_grant" });
  });
});
