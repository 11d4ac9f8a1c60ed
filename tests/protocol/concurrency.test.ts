import { expect, test } from "vitest";

import { authorize } from "#tests/factories/authorize.ts";
import { callApi, callUserinfo, connect, redeem, refresh, type Answer } from "#tests/factories/client.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication, type TestApplication } from "#tests/factories/make-application.ts";
import { signInToPortal } from "#tests/factories/portal.ts";
import { query } from "#tests/harness/database.ts";

async function freshCode() {
  const [application, account] = [await makeApplication(), await makeAccount()];
  return { application, ...(await authorize({ application, account, scope: "openid topology.read" })) };
}

/** Returns the one answer with tokens. Every other answer has to be `invalid_grant`. */
function onlyWinner(answers: Answer[]): Record<string, unknown> {
  const winners = answers.filter(({ status }) => status === 200);
  expect(winners).toHaveLength(1);
  for (const loser of answers.filter((answer) => !winners.includes(answer))) {
    expect(loser).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  }
  return winners[0]!.body;
}

test("of two concurrent redemptions of one code exactly one wins, in ten runs; the other counts as a second use and revokes (RFC 6749 §4.1.2)", async () => {
  const codes = await Promise.all(Array.from({ length: 10 }, freshCode));
  for (const { application, code } of codes) {
    const { access_token, refresh_token } = onlyWinner(
      await Promise.all([redeem(application, code), redeem(application, code)]),
    );
    expect((await callUserinfo(String(access_token))).status).toBe(401);
    expect((await refresh(application, String(refresh_token))).status).toBe(400);
  }
});

test("of eight concurrent redemptions of one code exactly one wins (RFC 6749 §4.1.2)", async () => {
  const { application, code } = await freshCode();
  onlyWinner(await Promise.all(Array.from({ length: 8 }, () => redeem(application, code))));
});

test("two concurrent refreshes with one refresh token get the same pair, in five runs (decision 18)", async () => {
  const connections = await Promise.all(Array.from({ length: 5 }, () => connect()));
  for (const { application, tokens } of connections) {
    const [one, two] = await Promise.all([
      refresh(application, tokens.refresh_token),
      refresh(application, tokens.refresh_token),
    ]);
    expect([one.status, two.status]).toEqual([200, 200]);
    expect([two.body.access_token, two.body.refresh_token]).toEqual([
      one.body.access_token,
      one.body.refresh_token,
    ]);
    expect((await callApi(String(one.body.access_token))).status).toBe(200);
    expect((await refresh(application, String(one.body.refresh_token))).status).toBe(200);
  }
});

test("eight concurrent refreshes with one refresh token all get the same pair (decision 18)", async () => {
  const { application, tokens } = await connect();
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => refresh(application, tokens.refresh_token)),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  const [pair, ...others] = new Set(
    answers.map(({ body }) => JSON.stringify([body.access_token, body.refresh_token])),
  );
  expect(others).toEqual([]);
  const [accessToken, refreshToken] = JSON.parse(pair!) as [string, string];
  expect((await callApi(accessToken)).status).toBe(200);
  expect((await refresh(application, refreshToken)).status).toBe(200);
});

test("concurrent redemptions of different codes all succeed", async () => {
  const codes = await Promise.all(Array.from({ length: 6 }, freshCode));
  const answers = await Promise.all(codes.map(({ application, code }) => redeem(application, code)));
  expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
});

test("the tokens of two consecutive flows of one person at one application all work", async () => {
  const { application, account, browser, tokens } = await connect();
  const second = await authorize({ application, account, scope: "openid topology.read", browser });
  const { body } = await redeem(application, second.code);
  expect((await callApi(tokens.access_token)).status).toBe(200);
  expect((await callApi(String(body.access_token))).status).toBe(200);
  for (const token of [tokens.refresh_token, String(body.refresh_token)])
    expect((await refresh(application, token)).status).toBe(200);
});

test("deleting an account while its applications refresh causes no deadlock and leaves no token", async () => {
  for (let round = 0; round < 4; round++) {
    const { browser, account } = await signInToPortal();
    const applications = await Promise.all(Array.from({ length: 8 }, () => makeApplication()));
    const tokens: [TestApplication, string][] = [];
    for (const application of applications) {
      const { code } = await authorize({ application, account, browser });
      tokens.push([application, String((await redeem(application, code)).body.refresh_token)]);
    }
    const deletion = browser.post("/legrand/account/delete/submit", { current_password: account.password });
    const statuses = (async () => {
      const seen: number[] = [];
      for (let again = 0; again < 12; again++) {
        await Promise.all(
          tokens.map(async (pair) => {
            const { status, body } = await refresh(pair[0], pair[1]);
            if (status === 200) pair[1] = String(body.refresh_token);
            seen.push(status);
          }),
        );
      }
      return seen;
    })();
    expect((await deletion).status).toBe(303);
    expect((await statuses).filter((status) => status >= 500)).toEqual([]);
    expect((await refresh(...tokens[0]!)).status).toBe(400);
    expect(
      await query(
        `SELECT 1 FROM legrand_artifact WHERE account_id = $1::uuid OR payload->>'accountId' = $2`,
        account.id,
        account.id,
      ),
    ).toEqual([]);
  }
}, 60_000);
