import { expect, test } from "vitest";

import { callApi, connect, refresh } from "#tests/factories/client.ts";
import { ownServer } from "#tests/factories/own-server.ts";
import { query } from "#tests/harness/database.ts";

ownServer(() => ({ SANDBOX_REFRESH_OVERLAP_SECONDS: "0" }));

test("with strict rotation the second use of a refresh token revokes the grant, and no answer is kept (RFC 9700 §4.14.2)", async () => {
  const { application, tokens } = await connect();
  const { body } = await refresh(application, tokens.refresh_token);
  expect(await query(`SELECT 1 FROM legrand_refresh_replay`)).toEqual([]);
  expect(await refresh(application, tokens.refresh_token)).toMatchObject({
    status: 400,
    body: { error: "invalid_grant" },
  });
  expect((await callApi(String(body.access_token))).status).toBe(401);
});

test("an application's own policy overrides the setting (decision 18)", async () => {
  const { application, tokens } = await connect();
  await query(
    `UPDATE legrand_application SET refresh_policy = 'overlap' WHERE client_id = $1::uuid RETURNING 1 AS done`,
    application.clientId,
  );
  const [first, again] = [
    await refresh(application, tokens.refresh_token),
    await refresh(application, tokens.refresh_token),
  ];
  expect([first.status, again.body.access_token]).toEqual([200, first.body.access_token]);
});

test("with strict rotation one of two concurrent refreshes wins, and the other one revokes the grant (RFC 9700 §4.14.2)", async () => {
  const { application, tokens } = await connect();
  const answers = await Promise.all([
    refresh(application, tokens.refresh_token),
    refresh(application, tokens.refresh_token),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  expect(
    (await callApi(String(answers.find(({ status }) => status === 200)!.body.access_token))).status,
  ).toBe(401);
});
