import { encode } from "next-auth/jwt";
import { NextRequest } from "next/server";
import { beforeEach, describe, expect, test, vi } from "vitest";

import { SECRETS, setEnvironment } from "#tests/unit/environment.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";

const CALLBACK = "http://localhost:3000/api/auth/callback/legrand";
const STATE = "connect-3000.state";

beforeEach(() => setEnvironment());

/** Returns a callback that a browser delivers with the cookies of its flow. */
async function makeCallback({ nonce }: { nonce?: string } = {}): Promise<NextRequest> {
  const { flowCookie } = await import("#lib/connect/flows/flow.ts");
  const state = crypto.randomUUID();
  const values = {
    [STATE]: await encode({ token: { value: state }, secret: SECRETS.AUTH_SECRET, salt: STATE, maxAge: 900 }),
    "connect-3000.verifier": "v",
    ...(nonce ? { "connect-3000.nonce": nonce } : {}),
  };
  const cookie = Object.entries(values)
    .map(([name, value]) => `${flowCookie(name, state)}=${value}`)
    .join("; ");
  return new NextRequest(`${CALLBACK}?iss=x&code=${crypto.randomUUID()}&state=${state}`, {
    headers: { cookie: `connect-3000.session=s; connect-3000.nonce.other=o; ${cookie}` },
  });
}

const redirect = (session: string) =>
  new Response(null, {
    status: 302,
    headers: { location: "http://localhost:3000/account", "set-cookie": `connect-3000.session=${session}` },
  });
const loaded = async () => ({
  ...(await import("#lib/connect/auth/answer-callback.ts")),
  ...(await import("#lib/connect/flows/store.ts")),
});
const seen = ({ status, headers }: Response) => ({
  status,
  location: headers.get("location"),
  session: headers.getSetCookie().find((line) => line.startsWith("connect-3000.session=")),
});

onEveryDatabase((database) => {
  describe("answers a callback once", () => {
    test("works on one of eight simultaneous deliveries, and gives all of them its answer", async () => {
      const { answerCallback } = await loaded();
      const request = await makeCallback();
      const answer = vi.fn(async () => redirect("one"));
      const answers = await Promise.all(Array.from({ length: 8 }, () => answerCallback(request, answer)));
      expect(answer).toHaveBeenCalledTimes(1);
      for (const one of answers)
        expect(seen(one)).toEqual({
          status: 302,
          location: "http://localhost:3000/account",
          session: "connect-3000.session=one",
        });
    });

    test("a delivery that arrives during the first one waits for its answer", async () => {
      const { answerCallback } = await loaded();
      const request = await makeCallback();
      const [begun, work] = [Promise.withResolvers<void>(), Promise.withResolvers<Response>()];
      const first = answerCallback(request, () => {
        begun.resolve();
        return work.promise;
      });
      await begun.promise;
      const second = answerCallback(request, () => Promise.reject(new Error("a second redemption")));
      work.resolve(redirect("late"));
      expect(seen(await second)).toEqual(seen(await first));
    });

    test("gives next-auth the cookies of this flow under their plain names, those of no flow, and none of another flow", async () => {
      const { answerCallback } = await loaded();
      let cookie: string | null = null;
      await answerCallback(await makeCallback({ nonce: "n" }), async (request) => {
        cookie = request.headers.get("cookie");
        return redirect("one");
      });
      expect(cookie).toMatch(
        /^connect-3000\.session=s; connect-3000\.state=[\w.-]+; connect-3000\.verifier=v; connect-3000\.nonce=n$/,
      );
    });

    test("after a failure, a later delivery learns that the code may be spent, and does not try it again", async () => {
      const { answerCallback } = await loaded();
      const request = await makeCallback();
      expect((await answerCallback(request, async () => Response.json({}, { status: 503 }))).status).toBe(
        503,
      );
      const answer = vi.fn(async () => redirect("again"));
      expect(seen(await answerCallback(request, answer))).toMatchObject({
        status: 303,
        location: "http://localhost:3000/connection-error?problem=interrupted",
      });
      expect(answer).not.toHaveBeenCalled();
    });

    test("while discovery cannot be read, keeps a flow open that asked for an id_token, because the homes would identify a different person", async () => {
      setEnvironment({
        LEGRAND_AUTHORIZE_URL: "http://127.0.0.1:9/authorize",
        LEGRAND_TOKEN_URL: "http://127.0.0.1:9/token",
        LEGRAND_API_URL: "http://127.0.0.1:9/api",
      });
      const { answerCallback } = await loaded();
      const answer = vi.fn(async () => redirect("one"));
      expect(seen(await answerCallback(await makeCallback({ nonce: "n" }), answer)).location).toBe(
        "http://localhost:3000/connection-error?problem=unreachable",
      );
      expect(answer).not.toHaveBeenCalled();
    });
  });

  test("a failure without an answer does not block the next delivery", async () => {
    const quiet = vi.spyOn(console, "error").mockImplementation(() => {});
    const { answerCallback } = await loaded();
    const request = await makeCallback();
    expect((await answerCallback(request, () => Promise.reject(new Error("a bug")))).status).toBe(500);
    expect(seen(await answerCallback(request, async () => redirect("again"))).location).toBe(
      "http://localhost:3000/connection-error?problem=interrupted",
    );
    quiet.mockRestore();
  });

  test("deletes a row 16 minutes after its answer, when the cookies of its flow have ended", async () => {
    const { deleteEndedOutcomes } = await loaded();
    const row = (minutes: number) => ({
      keyDigest: `k${minutes}`,
      flowDigest: `f${minutes}`,
      expiresAt: new Date(Date.now() - minutes * 60_000),
    });
    await database.client.callbackOutcome.createMany({ data: [row(15), row(17)] });
    expect(await deleteEndedOutcomes()).toBe(1);
    expect(
      await database.client.callbackOutcome.findMany({
        where: { keyDigest: { in: ["k15", "k17"] } },
        select: { keyDigest: true },
      }),
    ).toEqual([{ keyDigest: "k15" }]);
  });
});
