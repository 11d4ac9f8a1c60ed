import { expect, test } from "vitest";

import { callApi, connect, refresh } from "#tests/factories/client.ts";
import { ownServer } from "#tests/factories/own-server.ts";
import { passTime } from "#tests/harness/database.ts";

ownServer();

test("after a minute a client that failed sixty times may send requests again", async () => {
  const { application, tokens } = await connect();
  await Promise.all(Array.from({ length: 60 }, () => refresh(application, "x".repeat(43))));
  expect((await refresh(application, tokens.refresh_token)).status).toBe(429);
  await passTime(61);
  expect((await refresh(application, tokens.refresh_token)).status).toBe(200);
});

test("a refresh can be replayed for 30 seconds, with the remaining lifetime in the answer; later it counts as reuse (decision 18)", async () => {
  const [early, late] = [await connect(), await connect()];
  const [first, second] = [
    await refresh(early.application, early.tokens.refresh_token),
    await refresh(late.application, late.tokens.refresh_token),
  ];
  await passTime(25);
  const again = await refresh(early.application, early.tokens.refresh_token);
  expect(again.body).toMatchObject({
    access_token: first.body.access_token,
    refresh_token: first.body.refresh_token,
    expires_on: first.body.expires_on,
  });
  expect(Number(first.body.expires_in) - Number(again.body.expires_in)).toBeGreaterThanOrEqual(25);
  await passTime(6);
  expect(await refresh(late.application, late.tokens.refresh_token)).toMatchObject({
    status: 400,
    body: { error: "invalid_grant" },
  });
  expect((await callApi(String(second.body.access_token))).status).toBe(401);
  expect((await callApi(String(first.body.access_token))).status).toBe(200);
});
