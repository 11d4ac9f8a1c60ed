import * as oauth from "oauth4webapi";

import { authorize, type Authorization } from "#tests/factories/authorize.ts";
import { testOrigin } from "#tests/factories/browser.ts";
import { makeAccount, type TestAccount } from "#tests/factories/make-account.ts";
import { makeApplication, type TestApplication } from "#tests/factories/make-application.ts";
import { subscriptionKey } from "#tests/factories/subscription-key.ts";
import { SUBSCRIPTION_KEY_HEADER } from "#lib/legrand/subscriptions/subscription-constants.ts";

/** The sandbox's issuer. */
export const issuer = (): string => `${testOrigin()}/legrand`;

/** The sandbox is plain http on this machine. */
export const INSECURE = { [oauth.allowInsecureRequests]: true };

let metadata: Promise<oauth.AuthorizationServer> | undefined;

/** Returns the authorization server's metadata, found by discovery and cached. */
export function discover(): Promise<oauth.AuthorizationServer> {
  return (metadata ??= oauth
    .discoveryRequest(new URL(issuer()), { algorithm: "oidc", ...INSECURE })
    .then((response) => oauth.processDiscoveryResponse(new URL(issuer()), response)));
}

/** An answer of an endpoint: status, headers and JSON. */
export type Answer = { status: number; headers: Headers; body: Record<string, unknown> };

/** Reads an answer that must be JSON. */
export async function read(response: Response): Promise<Answer> {
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

/** Sends a form to an endpoint below the issuer, as a client without a library does. */
export async function postForm(
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return read(
    await fetch(issuer() + path, {
      method: "POST",
      body: new URLSearchParams(form),
      headers,
      redirect: "manual",
    }),
  );
}

const credentials = ({ clientId, clientSecret }: TestApplication) => ({
  client_id: clientId,
  client_secret: clientSecret,
});

/** Redeems a code. `more` overrides or adds parameters. */
export function redeem(
  application: TestApplication,
  code: string,
  more: Record<string, string> = {},
): Promise<Answer> {
  return postForm("/token", {
    grant_type: "authorization_code",
    ...credentials(application),
    code,
    redirect_uri: application.replyUrl,
    ...more,
  });
}

/** Uses a refresh token. */
export function refresh(
  application: TestApplication,
  refreshToken: string,
  more: Record<string, string> = {},
): Promise<Answer> {
  return postForm("/token", {
    grant_type: "refresh_token",
    ...credentials(application),
    refresh_token: refreshToken,
    ...more,
  });
}

/** Returns whether a token is active, by introspection. */
export async function isActive(application: TestApplication, token: string): Promise<boolean> {
  return (await postForm("/introspect", { ...credentials(application), token })).body.active === true;
}

/** Tokens as the token endpoint returns them. */
export type Tokens = {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  expires_on: number;
  scope: string;
  token_type: string;
  id_token?: string;
};

/** Completes a flow of a new person at a new application. Returns the tokens and their owner. */
export async function connect({
  scope = "openid topology.read comfort.read",
  scopes,
}: { scope?: string | null; scopes?: string[] } = {}): Promise<
  Authorization & { application: TestApplication; account: TestAccount; tokens: Tokens }
> {
  const [application, account] = [await makeApplication(scopes ? { scopes } : {}), await makeAccount()];
  const authorization = await authorize({ application, account, scope });
  const { status, body } = await redeem(application, authorization.code);
  if (status !== 200) throw new Error(`No tokens: ${status} ${String(body.error)}`);
  return { ...authorization, application, account, tokens: body as Tokens };
}

/** Calls the Smarther API with a subscription key. The default operation lists the homes. */
export async function callApi(
  accessToken: string,
  path = "/plants",
  { headers, ...init }: RequestInit & { headers?: Record<string, string> } = {},
): Promise<Response> {
  const key = await subscriptionKey();
  return fetch(`${issuer()}/api/smarther/v2.0${path}`, {
    ...init,
    headers: { authorization: `Bearer ${accessToken}`, [SUBSCRIPTION_KEY_HEADER]: key, ...headers },
  });
}

/** Calls userinfo. */
export function callUserinfo(accessToken: string): Promise<Response> {
  return fetch(`${issuer()}/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } });
}

/** Calls an operation of the Home + Control API, with a subscription key. */
export async function callHomeControl(
  accessToken: string,
  path: string,
  { headers, ...init }: RequestInit & { headers?: Record<string, string> } = {},
): Promise<Response> {
  const key = await subscriptionKey();
  return fetch(`${issuer()}/api/hc/api/v1.0${path}`, {
    ...init,
    headers: { authorization: `Bearer ${accessToken}`, [SUBSCRIPTION_KEY_HEADER]: key, ...headers },
  });
}
