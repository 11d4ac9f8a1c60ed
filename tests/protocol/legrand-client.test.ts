import { describe, expect, test } from "vitest";

import { authorize } from "#tests/factories/authorize.ts";
import { callApi, connect, issuer, postForm, read, refresh } from "#tests/factories/client.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication, type TestApplication } from "#tests/factories/make-application.ts";
import { digest } from "#lib/crypto/digest.ts";
import { query } from "#tests/harness/database.ts";
import { anyNumber, anyString } from "#tests/factories/matchers.ts";

const HOUR = 3600;

/** Sends an authorization request like the clients on the real cloud, with documented parameters only. */
async function asLegrandClient(params: Record<string, string | null> = {}) {
  const [application, account] = [await makeApplication(), await makeAccount()];
  return {
    application,
    account,
    ...(await authorize({ application, account, params: { response_type: null, ...params } })),
  };
}

const credentials = ({ clientId, clientSecret }: TestApplication) => ({
  client_id: clientId,
  client_secret: clientSecret,
});

const seconds = () => Math.floor(Date.now() / 1000);

describe("a client that follows Legrand's documentation and not OAuth in detail (Legrand, Authorization request)", () => {
  test("without scope asks for the registered ones, and without response_type means code", async () => {
    const { asked, application, code } = await asLegrandClient();
    expect([...asked[0]!].sort()).toEqual([...application.scopes].sort());
    expect(code).not.toBe("");
  });

  test("with a scope asks for that one only", async () => {
    const { asked } = await asLegrandClient({ scope: "topology.read", response_type: "code" });
    expect(asked[0]).toEqual(["topology.read"]);
  });

  test("with an empty scope counts as one without (RFC 6749 §3.1)", async () => {
    const { asked, application } = await asLegrandClient({ scope: "", response_type: "code" });
    expect([...asked[0]!].sort()).toEqual([...application.scopes].sort());
  });

  test("gets code before state in the answer, and iss before both (RFC 9207 §2)", async () => {
    const { callback, code } = await asLegrandClient();
    expect([...callback.searchParams.keys()]).toEqual(["iss", "code", "state"]);
    // Real clients read the answer with this pattern.
    expect(/[?&]code=([^&]+)&state=([^&]+)/.exec(callback.href)?.slice(1, 3)).toEqual([code, "s"]);
    expect([/code=(.*)&/.exec(callback.href)?.[1], /state=(.*)$/.exec(callback.href)?.[1]]).toEqual([
      code,
      "s",
    ]);
    expect(callback.searchParams.get("iss")).toBe(issuer());
  });

  test("without state gets none in the answer", async () => {
    const { callback } = await asLegrandClient({ state: null });
    expect([...callback.searchParams.keys()]).toEqual(["iss", "code"]);
  });

  test("gets iss in a refusal too (RFC 9207 §2)", async () => {
    const [application, account] = [await makeApplication(), await makeAccount()];
    const { callback } = await authorize({ application, account, decision: "deny" });
    expect(Object.fromEntries(callback.searchParams)).toMatchObject({
      error: "access_denied",
      state: "s",
      iss: issuer(),
    });
    expect([...callback.searchParams.keys()]).toEqual(["iss", "error", "error_description", "state"]);
  });

  test.each([
    " leading and trailing ",
    "a+b c%20d",
    "ä€🔑",
    '{"json":true}',
    "a&b=c;d#e?f/g",
    "'\"<script>",
    "==",
    "x".repeat(1_000),
    "%",
    "\u00ad\u200b",
    "line\nbreak",
  ])("gets state back byte for byte (RFC 6749 §4.1.2): %j", async (state) => {
    const [application, account] = [await makeApplication(), await makeAccount()];
    const { callback } = await authorize({ application, account, params: { state } });
    expect(callback.searchParams.get("state")).toBe(state);
  });
});

describe("accepts a token request as Legrand's clients send it (Legrand, Token request)", () => {
  test("without redirect_uri", async () => {
    const { application, code } = await asLegrandClient();
    expect(
      (await postForm("/token", { grant_type: "authorization_code", code, ...credentials(application) }))
        .status,
    ).toBe(200);
  });

  test("with the redirect_uri that was used", async () => {
    const { application, code } = await asLegrandClient();
    expect(
      (
        await postForm("/token", {
          grant_type: "authorization_code",
          code,
          ...credentials(application),
          redirect_uri: application.replyUrl,
        })
      ).status,
    ).toBe(200);
  });

  test("as multipart/form-data, the code and then the refresh token", async () => {
    const { application, code } = await asLegrandClient();
    const send = async (fields: Record<string, string>) => {
      const body = new FormData();
      for (const [name, value] of Object.entries({ ...credentials(application), ...fields }))
        body.append(name, value);
      return read(await fetch(`${issuer()}/token`, { method: "POST", body }));
    };
    const first = await send({ grant_type: "authorization_code", code });
    expect(first.status).toBe(200);
    const second = await send({
      grant_type: "refresh_token",
      refresh_token: String(first.body.refresh_token),
    });
    expect(second.status).toBe(200);
    expect((await callApi(String(second.body.access_token))).status).toBe(200);
  });

  test("from a shell script that encodes nothing, because our secrets need no encoding", async () => {
    const { application, code } = await asLegrandClient();
    const body = `grant_type=authorization_code&client_id=${application.clientId}&client_secret=${application.clientSecret}&code=${code}&redirect_uri=${application.replyUrl}`;
    const response = await fetch(`${issuer()}/token`, {
      method: "POST",
      body,
      headers: { "content-type": "application/x-www-form-urlencoded; charset=UTF-8" },
    });
    expect(response.status).toBe(200);
  });
});

describe("the token answer (Legrand, Token request)", () => {
  test("has every field that clients read, after a code and after a refresh", async () => {
    const before = seconds();
    const { application, tokens } = await connect({ scope: null });
    for (const answer of [tokens, (await refresh(application, tokens.refresh_token)).body]) {
      expect(answer).toEqual({
        access_token: anyString,
        refresh_token: anyString,
        token_type: "Bearer",
        expires_in: HOUR,
        expires_on: anyNumber,
        refresh_token_expires_in: 90 * 24 * HOUR,
        scope: anyString,
      });
      expect(Number.isInteger(answer.expires_on)).toBe(true);
      expect(answer.expires_on).toBeGreaterThanOrEqual(before + HOUR);
      expect(answer.expires_on).toBeLessThanOrEqual(seconds() + HOUR);
    }
  });

  test("has a refresh token even without offline_access, for any requested scope", async () => {
    for (const scope of [null, "topology.read", "openid"])
      expect((await connect({ scope })).tokens.refresh_token).toBeTruthy();
  });

  test("forbids caching (RFC 6749 §5.1)", async () => {
    const { application, tokens } = await connect();
    const { headers } = await refresh(application, tokens.refresh_token);
    expect(headers.get("cache-control")).toContain("no-store");
    expect(headers.get("content-type")).toMatch(/^application\/json/);
  });

  test("tokens live as long as documented: access 1 hour, refresh 90 days, code under ten minutes (Legrand, Lifetimes)", async () => {
    const { code, tokens } = await connect();
    const lifetimeOf = async (value: string) => {
      const [row] = await query<{ seconds: number; exp: number }>(
        `SELECT extract(epoch FROM expires_at - now())::float8 AS seconds, (payload->>'exp')::float8 - extract(epoch FROM now())::float8 AS exp FROM legrand_artifact WHERE digest = $1`,
        digest(value),
      );
      expect(Math.abs(row!.seconds - row!.exp)).toBeLessThan(2);
      return row!.seconds;
    };
    expect(Math.abs((await lifetimeOf(tokens.access_token)) - HOUR)).toBeLessThan(30);
    expect(Math.abs((await lifetimeOf(tokens.refresh_token)) - 90 * 24 * HOUR)).toBeLessThan(30);
    expect(await lifetimeOf(code)).toBeLessThan(10 * 60);
  });

  test("names the granted scope instead of the requested one (RFC 6749 §5.1)", async () => {
    const [application, account] = [await makeApplication(), await makeAccount()];
    const { code } = await authorize({ application, account, untick: ["comfort.write"] });
    const { body } = await postForm("/token", {
      grant_type: "authorization_code",
      code,
      ...credentials(application),
    });
    expect(String(body.scope).split(" ").sort()).toEqual(["comfort.read", "topology.read"]);
  });
});
