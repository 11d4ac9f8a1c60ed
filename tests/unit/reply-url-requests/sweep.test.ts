import { expect, test } from "vitest";

import { secondsFromNow } from "#lib/clock.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import { sweepReplyUrlRequests } from "#lib/legrand/reply-url-requests/store.ts";
import { useEmbeddedDatabase } from "#tests/unit/embedded-database.ts";

const HOUR = 60 * 60;
const database = useEmbeddedDatabase();

test("deletes requests that expired more than a day ago; keeps what expired today, to report it as late, and what is alive", async () => {
  const { id: accountId } = await database.client.legrandAccount.create({
    data: { email: "dev@example.com", givenName: "Dev", familyName: "", country: "FR", passwordDigest: "" },
  });
  const { clientId } = await database.client.application.create({
    data: { developerId: accountId, name: "Thermo", description: "", vendor: "", url: "https://a.example/" },
  });
  const requests = [-25 * HOUR, -23 * HOUR, -1, HOUR].map((seconds) => ({
    digest: randomToken(),
    accountId,
    clientId,
    version: "",
    ciphertext: "",
    expiresAt: secondsFromNow(seconds),
  }));
  await database.client.replyUrlRequest.createMany({ data: requests });
  expect(await sweepReplyUrlRequests()).toBe(1);
  const kept = await database.client.replyUrlRequest.findMany({ select: { digest: true } });
  expect(kept.map(({ digest }) => digest).toSorted()).toEqual(
    requests
      .slice(1)
      .map(({ digest }) => digest)
      .toSorted(),
  );
});
