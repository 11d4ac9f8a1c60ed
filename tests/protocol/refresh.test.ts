import * as oauth from "oauth4webapi";
import { describe, expect, test } from "vitest";

import { authorize } from "#tests/factories/authorize.ts";
import {
  callApi,
  connect,
  discover,
  INSECURE,
  isActive,
  postForm,
  redeem,
  refresh,
} from "#tests/factories/client.ts";
import { end } from "#tests/factories/end.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { findGrant } from "#tests/factories/stored.ts";
import { digest } from "#lib/crypto/digest.ts";
import { query } from "#tests/harness/database.ts";

const REFUSED = { status: 400, body: { error: "invalid_grant" } };
const SCOPE = "openid topology.read comfort.read";

test("every refresh returns a new access token and a new refresh token (Legrand, Lifetimes), oauth4webapi", async () => {
  const { application, tokens } = await connect();
  const [as, client, secret] = [
    await discover(),
    { client_id: application.clientId },
    oauth.ClientSecretPost(application.clientSecret),
  ];
  const seen = new Set([tokens.refresh_token, tokens.access_token]);
  let latest = tokens.refresh_token;
  for (let round = 0; round < 4; round++) {
    const answer = await oauth.processRefreshTokenResponse(
      as,
      client,
      await oauth.refreshTokenGrantRequest(as, client, secret, latest, INSECURE),
    );
    expect(answer.scope).toBe(SCOPE);
    expect(seen.has(answer.refresh_token!) || seen.has(answer.access_token)).toBe(false);
    seen.add((latest = answer.refresh_token!)).add(answer.access_token);
  }
  // Rotation does not end earlier access tokens: they live until their own expiry.
  expect((await callApi(tokens.access_token)).status).toBe(200);
});

test("a refresh restarts the 90 days without use (Legrand, Lifetimes)", async () => {
  const { application, tokens } = await connect();
  const { body } = await refresh(application, tokens.refresh_token);
  const [row] = await query<{ days: number }>(
    `SELECT extract(epoch FROM expires_at - now())::float8 / 86400 AS days FROM legrand_artifact WHERE digest = $1`,
    digest(String(body.refresh_token)),
  );
  expect(row!.days).toBeGreaterThan(89.9);
  expect(row!.days).toBeLessThanOrEqual(90);
});

describe("a refresh token expires for good a year after the access was allowed (ASVS 10.4.8, decision 34)", () => {
  const DAY = 24 * 60 * 60;

  /** Moves the start of that refresh token chain that many seconds into the past. */
  const beginAgo = (refreshToken: unknown, seconds: number) =>
    query(
      `UPDATE legrand_artifact SET payload = jsonb_set(payload, '{iiat}', to_jsonb(extract(epoch FROM now())::bigint - $2::bigint)) WHERE digest = $1 RETURNING 1 AS done`,
      digest(String(refreshToken)),
      seconds,
    );
  const secondsLeft = ({ body }: { body: Record<string, unknown> }) => Number(body.refresh_token_expires_in);

  test("every answer says how long its refresh token lives: 90 days at first", async () => {
    const { application, account } = await connect();
    const answer = await redeem(application, (await authorize({ application, account, scope: SCOPE })).code);
    expect(answer.body.refresh_token_expires_in).toBe(90 * DAY);
    expect(
      (await refresh(application, String(answer.body.refresh_token))).body.refresh_token_expires_in,
    ).toBe(90 * DAY);
  });

  test("near the end each refresh still returns a new token, which lives for the time that is left", async () => {
    const { application, tokens } = await connect();
    await beginAgo(tokens.refresh_token, 355 * DAY);
    const first = await refresh(application, tokens.refresh_token);
    const second = await refresh(application, String(first.body.refresh_token));
    for (const answer of [first, second]) expect(Math.abs(secondsLeft(answer) - 10 * DAY)).toBeLessThan(30);
    expect(second.body.refresh_token).not.toBe(first.body.refresh_token);
    const { body } = await postForm("/introspect", {
      token: String(second.body.refresh_token),
      client_id: application.clientId,
      client_secret: application.clientSecret,
    });
    expect(Math.abs(Number(body.exp) - (Date.now() / 1000 + 10 * DAY))).toBeLessThan(30);
  });

  test("a replayed answer has the remaining seconds (decision 18)", async () => {
    const { application, tokens } = await connect();
    await beginAgo(tokens.refresh_token, 355 * DAY);
    const [first, again] = [
      await refresh(application, tokens.refresh_token),
      await refresh(application, tokens.refresh_token),
    ];
    expect(again.body.refresh_token).toBe(first.body.refresh_token);
    expect(secondsLeft(first) - secondsLeft(again)).toBeGreaterThanOrEqual(0);
    expect(secondsLeft(first) - secondsLeft(again)).toBeLessThan(30);
  });

  test("after the year the token is refused, even if it was issued for longer; a retry is not reuse, and the grant stays", async () => {
    const { application, account, tokens } = await connect();
    await beginAgo(tokens.refresh_token, 365 * DAY + 1);
    for (let attempt = 0; attempt < 2; attempt++)
      expect(await refresh(application, tokens.refresh_token)).toMatchObject({
        ...REFUSED,
        body: { error: "invalid_grant", error_description: "grant request is invalid" },
      });
    expect(await isActive(application, tokens.refresh_token)).toBe(false);
    expect(await findGrant(account.id, application.clientId)).not.toBeNull();
  });

  test("a token from before this rule, without a start time, starts at its issue time", async () => {
    const { application, tokens } = await connect();
    await query(
      `UPDATE legrand_artifact SET payload = jsonb_set(payload - 'iiat', '{iat}', to_jsonb(extract(epoch FROM now())::bigint - 300 * 86400)) WHERE digest = $1 RETURNING 1 AS done`,
      digest(tokens.refresh_token),
    );
    expect(Math.abs(secondsLeft(await refresh(application, tokens.refresh_token)) - 65 * DAY)).toBeLessThan(
      30,
    );
  });

  test("a new authorization starts a new year", async () => {
    const { application, account, tokens } = await connect();
    await beginAgo(tokens.refresh_token, 364 * DAY);
    const { code } = await authorize({ application, account, scope: SCOPE });
    expect((await redeem(application, code)).body.refresh_token_expires_in).toBe(90 * DAY);
  });
});

test("reuse of an old refresh token is refused, and revokes the grant with all its tokens (RFC 9700 §4.14.2)", async () => {
  const { application, tokens } = await connect();
  const second = (await refresh(application, tokens.refresh_token)).body;
  const third = (await refresh(application, String(second.refresh_token))).body;
  expect(await refresh(application, tokens.refresh_token)).toMatchObject(REFUSED);
  for (const { access_token } of [tokens, second, third]) {
    expect((await callApi(String(access_token))).status).toBe(401);
    expect(await isActive(application, String(access_token))).toBe(false);
  }
  expect(await refresh(application, String(third.refresh_token))).toMatchObject(REFUSED);
});

test("a lost answer can be fetched again with the spent token: the same tokens, not a second pair (decision 18)", async () => {
  const { application, tokens } = await connect();
  const first = (await refresh(application, tokens.refresh_token)).body;
  const again = await refresh(application, tokens.refresh_token);
  expect(again.status).toBe(200);
  expect(again.headers.get("cache-control")).toBe("no-store");
  const { expires_in, refresh_token_expires_in: _left, ...rest } = again.body;
  expect({
    ...rest,
    expires_in: first.expires_in,
    refresh_token_expires_in: first.refresh_token_expires_in,
  }).toEqual(first);
  expect(Number(first.expires_in) - Number(expires_in)).toBeLessThanOrEqual(5);
  expect((await callApi(String(again.body.access_token))).status).toBe(200);
  expect((await refresh(application, String(again.body.refresh_token))).status).toBe(200);
});

test("any number of equal refreshes gets one answer, at once or in turn; after the new token is used, another one is reuse (decision 18, RFC 9700 §4.14.2)", async () => {
  const { application, tokens } = await connect();
  const answers = await Promise.all(
    Array.from({ length: 18 }, () => refresh(application, tokens.refresh_token)),
  );
  for (let round = 0; round < 3; round++) answers.push(await refresh(application, tokens.refresh_token));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  const [body, ...others] = [
    ...new Set(
      answers.map(({ body: { access_token, refresh_token } }) =>
        JSON.stringify([access_token, refresh_token]),
      ),
    ),
  ].map((one) => JSON.parse(one) as [string, string]);
  expect(others).toEqual([]);
  const [accessToken, refreshToken] = body!;
  expect((await callApi(accessToken)).status).toBe(200);
  const next = await refresh(application, refreshToken);
  expect(next.status).toBe(200);
  expect(await refresh(application, tokens.refresh_token)).toMatchObject(REFUSED);
  expect((await callApi(String(next.body.access_token))).status).toBe(401);
});

describe("an application chooses what a spent refresh token can do (decision 18)", () => {
  const choose = ({ clientId }: { clientId: string }, policy: "strict" | "overlap" | "former") =>
    query(
      `UPDATE legrand_application SET refresh_policy = $2::legrand_refresh_policy WHERE client_id = $1::uuid RETURNING 1 AS done`,
      clientId,
      policy,
    );

  test("strict: the second use revokes the grant, even if an answer was kept before, and of two concurrent uses (RFC 9700 §4.14.2)", async () => {
    const [kept, atOnce] = [await connect(), await connect()];
    await refresh(kept.application, kept.tokens.refresh_token);
    await choose(kept.application, "strict");
    expect(await refresh(kept.application, kept.tokens.refresh_token)).toMatchObject(REFUSED);
    expect(await findGrant(kept.account.id, kept.application.clientId)).toBeNull();
    await choose(atOnce.application, "strict");
    const answers = await Promise.all(
      [1, 2].map(() => refresh(atOnce.application, atOnce.tokens.refresh_token)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(await findGrant(atOnce.account.id, atOnce.application.clientId)).toBeNull();
  });

  test("former tokens: each use returns a new pair, in turn or at once, and revokes nothing", async () => {
    const { application, account, tokens } = await connect();
    await choose(application, "former");
    const answers = [
      await refresh(application, tokens.refresh_token),
      ...(await Promise.all([1, 2, 3].map(() => refresh(application, tokens.refresh_token)))),
    ];
    const later = await refresh(application, String(answers[0]!.body.refresh_token));
    answers.push(later, await refresh(application, tokens.refresh_token));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ body }) => body.refresh_token)).size).toBe(answers.length);
    for (const { body } of answers) expect((await callApi(String(body.access_token))).status).toBe(200);
    expect(await isActive(application, tokens.refresh_token)).toBe(true);
    expect(await findGrant(account.id, application.clientId)).not.toBeNull();
  });

  test("former tokens: a token is refused after its own end, which revokes nothing, and after the grant's end", async () => {
    const { application, account, tokens } = await connect();
    await choose(application, "former");
    const { body } = await refresh(application, tokens.refresh_token);
    await end(tokens.refresh_token);
    expect(await refresh(application, tokens.refresh_token)).toMatchObject(REFUSED);
    expect(await findGrant(account.id, application.clientId)).not.toBeNull();
    expect((await refresh(application, String(body.refresh_token))).status).toBe(200);
    await query(`DELETE FROM legrand_grant WHERE client_id = $1::uuid`, application.clientId);
    expect(await refresh(application, String(body.refresh_token))).toMatchObject(REFUSED);
  });

  test("former tokens: another client or a wrong secret is refused, and the owner's tokens still work", async () => {
    const { application, tokens } = await connect();
    await choose(application, "former");
    await refresh(application, tokens.refresh_token);
    expect(await refresh(await makeApplication(), tokens.refresh_token)).toMatchObject(REFUSED);
    expect(await refresh(application, tokens.refresh_token, { client_secret: "lgs_wrong" })).toMatchObject({
      status: 401,
      body: { error: "invalid_client" },
    });
    expect((await refresh(application, tokens.refresh_token)).status).toBe(200);
  });

  test("a token that was used under former tokens counts as spent after a change to strict", async () => {
    const { application, account, tokens } = await connect();
    await choose(application, "former");
    await refresh(application, tokens.refresh_token);
    await choose(application, "strict");
    expect(await refresh(application, tokens.refresh_token)).toMatchObject(REFUSED);
    expect(await findGrant(account.id, application.clientId)).toBeNull();
  });
});

test("a refresh with other scopes than the kept answer is reuse, not a replay (decision 18)", async () => {
  const { application, tokens } = await connect();
  const { body } = await refresh(application, tokens.refresh_token, { scope: "topology.read comfort.read" });
  expect(await refresh(application, tokens.refresh_token, { scope: "topology.read" })).toMatchObject(REFUSED);
  expect((await callApi(String(body.access_token))).status).toBe(401);
  const other = await connect();
  const narrow = (
    await refresh(other.application, other.tokens.refresh_token, { scope: "topology.read comfort.read" })
  ).body;
  const same = await refresh(other.application, other.tokens.refresh_token, {
    scope: "comfort.read topology.read",
  });
  expect(same.body.access_token).toBe(narrow.access_token);
});

test("another client, or one with a wrong secret, cannot replay a refresh, and its owner still can (RFC 6749 §6)", async () => {
  const { application, tokens } = await connect();
  const { body } = await refresh(application, tokens.refresh_token);
  expect(await refresh(await makeApplication(), tokens.refresh_token)).toMatchObject(REFUSED);
  expect(await refresh(application, tokens.refresh_token, { client_secret: "lgs_wrong" })).toMatchObject({
    status: 401,
    body: { error: "invalid_client" },
  });
  expect((await refresh(application, tokens.refresh_token)).body.access_token).toBe(body.access_token);
});

test.each([
  [
    "the person took the access back",
    `DELETE FROM legrand_grant WHERE client_id = $1::uuid`,
    "invalid_grant",
  ],
  [
    "the application was suspended",
    `UPDATE legrand_application SET state = 'suspended' WHERE client_id = $1::uuid`,
    "unauthorized_client",
  ],
])("refuses a replay after %s", async (_case, sql, error) => {
  const { application, tokens } = await connect();
  await refresh(application, tokens.refresh_token);
  await query(sql, application.clientId);
  expect(await refresh(application, tokens.refresh_token)).toMatchObject({ status: 400, body: { error } });
});

test("a refresh may ask for fewer scopes, and the refresh token keeps all of them (RFC 6749 §6)", async () => {
  const { application, tokens } = await connect();
  const less = (await refresh(application, tokens.refresh_token, { scope: "openid" })).body;
  expect(less.scope).toBe("openid");
  expect((await callApi(String(less.access_token))).status).toBe(403);
  const whole = (await refresh(application, String(less.refresh_token))).body;
  expect(whole.scope).toBe(SCOPE);
  expect((await callApi(String(whole.access_token))).status).toBe(200);
});

test.each(["topology.read comfort.write", "openid light.write", "nonsense"])(
  "a refresh may not ask for more scopes: %s (RFC 6749 §6)",
  async (scope) => {
    const { application, tokens } = await connect();
    const { status, body } = await refresh(application, tokens.refresh_token, { scope });
    expect({ status, error: body.error }).toEqual({ status: 400, error: "invalid_scope" });
    // A refused request spends nothing.
    expect((await refresh(application, tokens.refresh_token)).status).toBe(200);
  },
);

test("another client cannot use a refresh token (RFC 6749 §6), and its owner still can", async () => {
  const { application, tokens } = await connect();
  expect(await refresh(await makeApplication(), tokens.refresh_token)).toMatchObject(REFUSED);
  expect((await refresh(application, tokens.refresh_token)).status).toBe(200);
});

test.each([
  [
    "after its end",
    async () => {
      const { application, tokens } = await connect();
      await end(tokens.refresh_token);
      return refresh(application, tokens.refresh_token);
    },
  ],
  ["when it is invented", async () => refresh(await makeApplication(), "x".repeat(43))],
  [
    "when it is an access token",
    async () => {
      const { application, tokens } = await connect();
      return refresh(application, tokens.access_token);
    },
  ],
  [
    "after its revocation",
    async () => {
      const { application, tokens } = await connect();
      await postForm("/revoke", {
        token: tokens.refresh_token,
        client_id: application.clientId,
        client_secret: application.clientSecret,
      });
      return refresh(application, tokens.refresh_token);
    },
  ],
])("refuses a refresh token %s (RFC 6749 §5.2)", async (_case, act) => {
  expect(await act()).toMatchObject(REFUSED);
});

test.each(["client_credentials", "password", "implicit", "urn:ietf:params:oauth:grant-type:device_code", ""])(
  "refuses any other grant_type: %j (RFC 6749 §5.2)",
  async (grant_type) => {
    const application = await makeApplication();
    const { status, body } = await redeem(application, "x".repeat(43), { grant_type });
    expect(status).toBe(400);
    expect(body.error).toMatch(/^(unsupported_grant_type|unauthorized_client|invalid_request)$/);
  },
);

test("a refresh does not restore a scope that the person took back", async () => {
  const { application, account, tokens } = await connect();
  await query(
    `UPDATE legrand_grant SET granted_scopes = array_remove(granted_scopes, 'comfort.read') WHERE account_id = $1::uuid`,
    account.id,
  );
  const { status, body } = await refresh(application, tokens.refresh_token);
  expect(status).toBe(200);
  expect(String(body.scope).split(" ")).not.toContain("comfort.read");
});
