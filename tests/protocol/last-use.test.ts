import { expect, test } from "vitest";

import { digest } from "#lib/crypto/digest.ts";
import { connect, isActive, postForm, refresh } from "#tests/factories/client.ts";
import { addSecret, makeApplication } from "#tests/factories/make-application.ts";
import { query } from "#tests/harness/database.ts";

/** Seconds since a secret was last used, by the database's clock; null if it was never used. */
async function sinceUse(clientId: string, secret: string): Promise<number | null> {
  const [row] = await query<{ seconds: number | null }>(
    `SELECT extract(epoch FROM now() - last_used_at)::float8 AS seconds FROM legrand_client_secret WHERE client_id = $1::uuid AND secret_digest = $2`,
    clientId,
    digest(secret),
  );
  return row!.seconds;
}
const sinceApplicationUse = async (clientId: string) =>
  (
    await query<{ seconds: number | null }>(
      `SELECT extract(epoch FROM now() - last_used_at)::float8 AS seconds FROM legrand_application WHERE client_id = $1::uuid`,
      clientId,
    )
  )[0]!.seconds;
const ageUse = (clientId: string, seconds: number) =>
  query(
    `UPDATE legrand_client_secret SET last_used_at = now() - make_interval(secs => $2::float8) WHERE client_id = $1::uuid RETURNING 1 AS done`,
    clientId,
    seconds,
  );

test("records the last use of each secret, so that a developer can find the unused one (portal, Secrets)", async () => {
  const { application, tokens } = await connect();
  const second = `lgs_${"s".repeat(43)}`;
  await addSecret(application.clientId, second);
  expect(await sinceUse(application.clientId, application.clientSecret)).toBeLessThan(30);
  expect(await sinceUse(application.clientId, second)).toBeNull();
  await refresh({ ...application, clientSecret: second }, tokens.refresh_token);
  expect(await sinceUse(application.clientId, second)).toBeLessThan(30);
  expect(await sinceApplicationUse(application.clientId)).toBeLessThan(30);
});

test("counts a use by Basic, whichever way the library encodes the client_id (RFC 6749 §2.3.1)", async () => {
  const { application, tokens } = await connect();
  await ageUse(application.clientId, 600);
  const credentials = [application.clientId, application.clientSecret]
    .map((value) => value.replaceAll("-", "%2D"))
    .join(":");
  await postForm(
    "/token",
    { grant_type: "refresh_token", refresh_token: tokens.refresh_token },
    { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` },
  );
  expect(await sinceUse(application.clientId, application.clientSecret)).toBeLessThan(30);
});

test("writes at most one use a minute", async () => {
  const { application, tokens } = await connect();
  await ageUse(application.clientId, 40);
  await isActive(application, tokens.access_token);
  expect(await sinceUse(application.clientId, application.clientSecret)).toBeGreaterThan(35);
  await ageUse(application.clientId, 65);
  await isActive(application, tokens.access_token);
  expect(await sinceUse(application.clientId, application.clientSecret)).toBeLessThan(30);
});

test("counts a right secret even if the request fails for another reason, and ignores a wrong one", async () => {
  const application = await makeApplication();
  await refresh({ ...application, clientSecret: "lgs_wrong" }, "x".repeat(43));
  expect(await sinceApplicationUse(application.clientId)).toBeNull();
  await postForm("/token", {
    grant_type: "refresh_token",
    client_id: application.clientId,
    client_secret: application.clientSecret,
    refresh_token: "x".repeat(43),
  });
  expect(await sinceUse(application.clientId, application.clientSecret)).toBeLessThan(30);
});
