import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";

import type { Connection } from "#lib/connect/linked-accounts/store.ts";
import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";
import { makeUserProof } from "#tests/factories/make-proofs.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";
import { SECRETS } from "#tests/unit/environment.ts";

// This file stubs `fetch` as the cloud. tests/unit/cloud tests the connections to a real one.
vi.mock("#lib/connect/cloud/cloud-fetch.ts", () => ({
  cloudFetch: (...request: Parameters<typeof fetch>) => fetch(...request),
}));

const CLOUD = "https://cloud.example";
let accounts: typeof import("#lib/connect/linked-accounts/store.ts");
let leaving: typeof import("#lib/connect/disconnecting/disconnect.ts");
let users: typeof import("#lib/connect/disconnecting/delete-connect-account.ts");
let revocations: typeof import("#lib/connect/disconnecting/revoke-pending.ts");

beforeAll(async () => {
  Object.assign(process.env, SECRETS, {
    LEGRAND_AUTHORIZE_URL: `${CLOUD}/authorize`,
    LEGRAND_TOKEN_URL: `${CLOUD}/token`,
    LEGRAND_API_URL: `${CLOUD}/api`,
  });
  accounts = await import("#lib/connect/linked-accounts/store.ts");
  leaving = await import("#lib/connect/disconnecting/disconnect.ts");
  users = await import("#lib/connect/disconnecting/delete-connect-account.ts");
  revocations = await import("#lib/connect/disconnecting/revoke-pending.ts");
});

/** The tokens that the revocation endpoint received. */
let sent: { token: string; hint: string }[] = [];

type Answer = (token: string) => Response | Promise<Response>;
const METADATA = { token_endpoint: `${CLOUD}/token`, revocation_endpoint: `${CLOUD}/revoke` };

/** Stubs a cloud that answers revocations with `answer` and discovery with `metadata`. */
function cloudAnswers(answer: Answer, metadata: Answer = () => Response.json(METADATA)): void {
  sent = [];
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    if (address.includes("/.well-known/")) return follow(await metadata(address), init);
    const form = new URLSearchParams(init.body as URLSearchParams);
    sent.push({ token: form.get("token")!, hint: form.get("token_type_hint")! });
    return answer(form.get("token")!);
  });
}

/** Throws for a redirect, as `fetch` does with `redirect: "error"`. */
function follow(response: Response, { redirect }: RequestInit): Response {
  if (redirect === "error" && response.status >= 300 && response.status < 400)
    throw new TypeError("unexpected redirect");
  return response;
}

const DOWN: Answer = () => Promise.reject(new TypeError("fetch failed"));
const DONE: Answer = () => Response.json({});

onEveryDatabase((database) => {
  afterEach(async () => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
    await database.client.pendingRevocation.deleteMany();
  });

  async function makeUser(): Promise<SignedInUser> {
    const { id } = await database.client.user.create({ data: { name: "Giulia" } });
    await database.client.session.create({
      data: { sessionToken: randomUUID(), userId: id, expires: new Date(Date.now() + 1e9) },
    });
    return makeUserProof({ userId: id, name: "Giulia" });
  }

  const connection = ({ userId }: SignedInUser, more: Partial<Connection> = {}): Connection => ({
    userId,
    type: "oidc",
    provider: "legrand",
    providerAccountId: randomUUID(),
    name: "Giulia",
    email: "giulia@example.com",
    accessToken: `at-${randomUUID()}`,
    refreshToken: `rt-${randomUUID()}`,
    tokenType: "bearer",
    accessTokenExpiresAt: new Date(Date.now() + 3_600_000),
    refreshTokenExpiresAt: new Date(Date.now() + 90 * 86_400_000),
    requestedScopes: ["topology.read", "comfort.read"],
    grantedScopes: ["topology.read", "comfort.read"],
    ...more,
  });

  const rowOf = ({ providerAccountId }: Connection) =>
    database.client.account.findFirstOrThrow({ where: { providerAccountId } });
  const eventsOf = async (made: Connection) =>
    (
      await database.client.linkedAccountEvent.findMany({
        where: { accountId: (await rowOf(made)).id },
        orderBy: { at: "asc" },
      })
    ).map(({ what, by, detail }) => ({ what, by, detail }));
  const pending = () => database.client.pendingRevocation.findMany();

  async function connected(more: Partial<Connection> = {}) {
    const user = await makeUser();
    const made = connection(user, more);
    await accounts.saveConnection(made);
    return { user, made, id: (await rowOf(made)).id };
  }

  describe("disconnecting (issue 4, In Connect 5)", () => {
    test("revokes both tokens, the refresh token first (RFC 7009 §2.1), keeps the row as history without tokens, and signs out after the last account", async () => {
      cloudAnswers(DONE);
      const { user, made, id } = await connected();
      expect(await leaving.disconnect(user, id)).toEqual({ outcome: "revoked", isSignedOut: true });
      expect(sent).toEqual([
        { token: made.refreshToken, hint: "refresh_token" },
        { token: made.accessToken, hint: "access_token" },
      ]);
      expect(await rowOf(made)).toMatchObject({
        state: "disconnected",
        accessToken: null,
        refreshToken: null,
        tokenVersion: 2,
        refreshLeaseUntil: null,
        grantedScopes: made.grantedScopes,
      });
      expect((await rowOf(made)).disconnectedAt).not.toBeNull();
      expect(await eventsOf(made)).toEqual([
        {
          what: "connected",
          by: "person",
          detail: { added: ["topology.read", "comfort.read"], removed: [] },
        },
        { what: "disconnected", by: "person", detail: {} },
      ]);
      expect(await database.client.session.count({ where: { userId: user.userId } })).toBe(0);
      expect(await pending()).toEqual([]);
    });

    test("one of two accounts keeps the other one, and the session", async () => {
      cloudAnswers(DONE);
      const { user, id } = await connected();
      const other = connection(user);
      await accounts.saveConnection(other);
      expect(await leaving.disconnect(user, id)).toEqual({ outcome: "revoked", isSignedOut: false });
      expect(await rowOf(other)).toMatchObject({ state: "connected", tokenVersion: 1 });
      expect(await database.client.session.count({ where: { userId: user.userId } })).toBe(1);
    });

    test("happens once, however often the button is pressed, and only to one's own account", async () => {
      cloudAnswers(DONE);
      const [{ user, made, id }, stranger] = [await connected(), await makeUser()];
      expect(await leaving.disconnect(stranger, id)).toBeNull();
      expect((await rowOf(made)).state).toBe("connected");
      const outcomes = await Promise.all([leaving.disconnect(user, id), leaving.disconnect(user, id)]);
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await eventsOf(made)).toHaveLength(2);
    });

    test("drops tokens whose key is gone, and tells the person that Legrand was not notified", async () => {
      cloudAnswers(DONE);
      const { user, id } = await connected();
      await database.client.account.update({
        where: { id },
        data: { accessToken: "k0.gone", refreshToken: "k0.gone" },
      });
      expect(await leaving.disconnect(user, id)).toEqual({ outcome: "unreadable", isSignedOut: true });
      expect([sent, await pending()]).toEqual([[], []]);
    });

    test("does not report a refresh token whose key is gone as revoked, even if its access token was readable", async () => {
      cloudAnswers(DONE);
      const { user, made, id } = await connected();
      await database.client.account.update({ where: { id }, data: { refreshToken: "k0.gone" } });
      expect(await leaving.disconnect(user, id)).toMatchObject({ outcome: "unreadable" });
      expect(sent.map(({ token }) => token)).toEqual([made.accessToken]);
    });

    test("an account whose tokens were wiped earlier needs no revocation, and the person is not sent to Legrand for it", async () => {
      cloudAnswers(DONE);
      const wipe = (id: string) =>
        database.client.account.update({
          where: { id },
          data: {
            accessToken: null,
            refreshToken: null,
            state: "reconnect_needed",
            reconnectReason: "revoked",
          },
        });
      const [one, two, three] = [await connected(), await connected(), await connected()];
      for (const { id } of [one, two, three]) await wipe(id);
      expect(await leaving.disconnect(one.user, one.id)).toEqual({ outcome: "ended", isSignedOut: true });
      expect(await users.deleteConnectAccount(two.user)).toBe("ended");
      await accounts.saveConnection(connection(three.user));
      expect(await users.deleteConnectAccount(three.user)).toBe("revoked");
    });

    test("of the two last accounts at once, ends the sessions, whichever comes second", async () => {
      cloudAnswers(DONE);
      const pairs = await Promise.all(
        Array.from({ length: 5 }, async () => {
          const { user, id } = await connected();
          const other = connection(user);
          await accounts.saveConnection(other);
          return { user, ids: [id, (await rowOf(other)).id] };
        }),
      );
      const outcomes = await Promise.all(
        pairs.map(({ user, ids }) => Promise.all(ids.map((id) => leaving.disconnect(user, id)))),
      );
      expect(
        outcomes.map(
          (both) => both.filter((outcome) => outcome !== "last_administrator" && outcome!.isSignedOut).length,
        ),
      ).toEqual([1, 1, 1, 1, 1]);
      expect(
        await database.client.session.count({
          where: { userId: { in: pairs.map(({ user }) => user.userId) } },
        }),
      ).toBe(0);
    });
  });

  describe("Legrand does not answer", () => {
    const later = async (seconds: number) => {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });
      return revocations.revokePending();
    };

    test.each([
      ["the address is closed", DOWN, undefined],
      ["the metadata cannot be had", DONE, DOWN],
      [
        "the metadata breaks off",
        DONE,
        () =>
          new Response(new ReadableStream({ pull: (stream) => stream.error(new TypeError("terminated")) })),
      ],
      ["the metadata fails", DONE, () => new Response("", { status: 503 })],
      ["429", () => new Response("", { status: 429 }), undefined],
      ["500", () => new Response("<h1>down</h1>", { status: 500 }), undefined],
      [
        "our credentials are refused (invalid_client), which may be put right",
        () => Response.json({ error: "invalid_client" }, { status: 401 }),
        undefined,
      ],
      ["garbage in place of an error", () => new Response("<h1>?</h1>", { status: 400 }), undefined],
    ] satisfies [string, Answer, Answer | undefined][])(
      "%s: wipes the tokens from the row at once, and retries until they are revoked",
      async (_case, answer, metadata) => {
        cloudAnswers(answer, metadata);
        const { user, made, id } = await connected();
        expect(await leaving.disconnect(user, id)).toEqual({ outcome: "later", isSignedOut: true });
        expect(await rowOf(made)).toMatchObject({
          state: "disconnected",
          accessToken: null,
          refreshToken: null,
        });
        const [kept] = await pending();
        expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${made.accessToken}|${made.refreshToken}`));
        expect(kept).toMatchObject({ failedAttempts: 1, expiresAt: made.refreshTokenExpiresAt });
        expect(await later(73)).toBe(0);
        expect((await pending())[0]).toMatchObject({ failedAttempts: 2 });
        cloudAnswers(DONE);
        expect(await later(10 * 60)).toBe(1);
        expect(sent.map(({ token }) => token)).toEqual([made.refreshToken, made.accessToken]);
        expect(await pending()).toEqual([]);
      },
    );

    test("retries only when due: a back-off with jitter, from a minute to six hours, a fifth more or less", async () => {
      cloudAnswers(DOWN);
      const { user, id } = await connected();
      await leaving.disconnect(user, id);
      cloudAnswers(DONE);
      expect(await later(47)).toBe(0);
      expect(sent).toEqual([]);
      await database.client.pendingRevocation.updateMany({
        data: { failedAttempts: 50, retryAt: new Date() },
      });
      cloudAnswers(DOWN);
      expect(await later(0)).toBe(0);
      const hours = ((await pending())[0]!.retryAt.getTime() - Date.now()) / 3_600_000;
      expect(hours).toBeGreaterThan(4.7);
      expect(hours).toBeLessThan(7.3);
    });

    test("after a failure between the two tokens, retries only the second one", async () => {
      const { user, made, id } = await connected();
      cloudAnswers((token) => (token.startsWith("rt-") ? Response.json({}) : DOWN(token)));
      expect(await leaving.disconnect(user, id)).toMatchObject({ outcome: "later" });
      expect((await pending())[0]!.refreshToken).toBeNull();
      cloudAnswers(DONE);
      expect(await later(120)).toBe(1);
      expect(sent).toEqual([{ token: made.accessToken, hint: "access_token" }]);
    });

    test("forgets expired tokens without a request", async () => {
      cloudAnswers(DOWN);
      const { user, id } = await connected({ refreshTokenExpiresAt: new Date(Date.now() + 60_000) });
      await leaving.disconnect(user, id);
      cloudAnswers(DONE);
      await later(3600);
      expect([sent, await pending()]).toEqual([[], []]);
    });

    test("several simultaneous sweeps try each pair once", async () => {
      cloudAnswers(DOWN);
      const made = await Promise.all(Array.from({ length: 12 }, () => connected()));
      for (const { user, id } of made) await leaving.disconnect(user, id);
      cloudAnswers(DONE);
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 120_000 });
      const counts = await Promise.all([
        revocations.revokePending(),
        revocations.revokePending(),
        revocations.revokePending(),
      ]);
      expect(counts.reduce((sum, count) => sum + count)).toBe(12);
      expect(sent).toHaveLength(24);
    });

    test("a process that died after the wipe leaves the pair to the sweep, a minute later", async () => {
      const { user, made, id } = await connected();
      const { wipeLinkedAccount } = await import("#lib/connect/disconnecting/store.ts");
      await wipeLinkedAccount(user, id, {
        actorId: user.userId,
        actor: "Giulia",
        requestId: "test",
        address: "192.0.2.1",
      });
      cloudAnswers(DONE);
      expect(await revocations.revokePending()).toBe(0);
      expect(await later(61)).toBe(1);
      expect(sent.map(({ token }) => token)).toEqual([made.refreshToken, made.accessToken]);
    });
  });

  test.each([
    ["no metadata, as the real cloud", () => new Response("", { status: 404 })],
    [
      "a redirect to some page in place of metadata",
      () => new Response(null, { status: 302, headers: { location: "https://cloud.example/welcome" } }),
    ],
    ["metadata without a revocation endpoint", () => Response.json({ token_endpoint: `${CLOUD}/token` })],
    [
      "metadata of another server",
      () => Response.json({ ...METADATA, token_endpoint: "https://other.example/token" }),
    ],
    [
      "an endpoint that would get the tokens in the clear",
      () => Response.json({ ...METADATA, revocation_endpoint: "http://cloud.example/revoke" }),
    ],
  ])(
    "sends nothing to a server without a revocation endpoint, and keeps nothing for later: %s",
    async (_case, metadata) => {
      cloudAnswers(DONE, metadata);
      const { user, id } = await connected();
      expect(await leaving.disconnect(user, id)).toMatchObject({ outcome: "untold" });
      expect([sent, await pending()]).toEqual([[], []]);
    },
  );

  test("also reads metadata below the client_id, as the real cloud has it", async () => {
    cloudAnswers(DONE, (address) =>
      address.includes("c0e2d1f4") ? Response.json(METADATA) : new Response("", { status: 404 }),
    );
    const { user, id } = await connected();
    expect(await leaving.disconnect(user, id)).toMatchObject({ outcome: "revoked" });
  });

  test("does not retry a token type that the server does not revoke (RFC 7009 §2.2.1)", async () => {
    cloudAnswers((token) =>
      token.startsWith("at-")
        ? Response.json({ error: "unsupported_token_type" }, { status: 400 })
        : Response.json({}),
    );
    const { user, id } = await connected();
    expect(await leaving.disconnect(user, id)).toMatchObject({ outcome: "revoked" });
  });

  describe("connecting again", () => {
    test("reuses the row, clears the former trouble, and moves it to the user who connects it; a user without any row is deleted", async () => {
      cloudAnswers(DONE);
      const { user, made, id } = await connected();
      await leaving.disconnect(user, id);
      await database.client.account.update({
        where: { id },
        data: {
          reconnectReason: "revoked",
          withdrawnScopes: ["light.read"],
          trouble: "unreachable",
          failedAttempts: 3,
          retryAt: new Date(),
          refreshLeaseUntil: new Date(),
        },
      });
      const newcomer = await makeUser();
      await accounts.saveConnection({
        ...connection(newcomer),
        providerAccountId: made.providerAccountId,
        grantedScopes: ["topology.read"],
      });
      expect(await rowOf(made)).toMatchObject({
        id,
        userId: newcomer.userId,
        state: "connected",
        disconnectedAt: null,
        reconnectReason: null,
        withdrawnScopes: [],
        trouble: null,
        failedAttempts: 0,
        retryAt: null,
        refreshLeaseUntil: null,
        tokenVersion: 3,
        grantedScopes: ["topology.read"],
      });
      expect((await eventsOf(made)).map(({ what }) => what)).toEqual([
        "connected",
        "disconnected",
        "connected",
      ]);
      expect(await database.client.user.count({ where: { id: user.userId } })).toBe(0);
      expect(sent).toHaveLength(2);
    });

    test("drops a pending revocation, which would end the renewed grant (RFC 7009 §2.1), and keeps that of another account", async () => {
      cloudAnswers(DOWN);
      const [{ user, made, id }, other] = [await connected(), await connected()];
      await leaving.disconnect(user, id);
      await leaving.disconnect(other.user, other.id);
      await accounts.saveConnection({
        ...connection(await makeUser()),
        providerAccountId: made.providerAccountId,
      });
      expect(await pending()).toHaveLength(1);
      cloudAnswers(DONE);
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 120_000 });
      await revocations.revokePending();
      expect(sent.map(({ token }) => token)).toEqual([other.made.refreshToken, other.made.accessToken]);
    });

    test.each(["the metadata come", "the refresh token is revoked"])(
      "during its revocation, before %s, cancels the requests that were not sent yet",
      async (moment) => {
        const { user, made, id } = await connected();
        const again = async () =>
          accounts.saveConnection({
            ...connection(await makeUser()),
            providerAccountId: made.providerAccountId,
          });
        const isEarly = moment === "the metadata come";
        cloudAnswers(
          async () => {
            if (!isEarly) await again();
            return Response.json({});
          },
          async () => {
            if (isEarly) await again();
            return Response.json(METADATA);
          },
        );
        await leaving.disconnect(user, id);
        expect(sent.map(({ token }) => token)).toEqual(isEarly ? [] : [made.refreshToken]);
        expect(await pending()).toEqual([]);
        expect((await rowOf(made)).state).toBe("connected");
      },
    );

    test("keeps a user who has another account", async () => {
      cloudAnswers(DONE);
      const { user, made, id } = await connected();
      await accounts.saveConnection(connection(user));
      await leaving.disconnect(user, id);
      await accounts.saveConnection({
        ...connection(await makeUser()),
        providerAccountId: made.providerAccountId,
      });
      expect(await database.client.user.count({ where: { id: user.userId } })).toBe(1);
    });

    test("a disconnected account signs no user in; a connected one does", async () => {
      cloudAnswers(DONE);
      const { userAdapter } = await import("#lib/connect/users/store.ts");
      const { user, made, id } = await connected();
      const found = () =>
        userAdapter().getUserByAccount!({ provider: "legrand", providerAccountId: made.providerAccountId });
      expect((await found())!.id).toBe(user.userId);
      await leaving.disconnect(user, id);
      expect(await found()).toBeNull();
    });

    test("while connected, takes the scopes of the answer, fewer or more, records the change, and does not revoke the old refresh token", async () => {
      cloudAnswers(DONE);
      const { user, made } = await connected();
      const again = (grantedScopes: string[]) =>
        accounts.saveConnection({
          ...connection(user),
          providerAccountId: made.providerAccountId,
          grantedScopes,
        });
      await again(["topology.read", "comfort.read"]);
      await again(["topology.read", "light.read"]);
      await again(["topology.read", "light.read", "comfort.read"]);
      expect((await eventsOf(made)).slice(1)).toEqual([
        {
          what: "permissions_changed",
          by: "person",
          detail: { added: ["light.read"], removed: ["comfort.read"] },
        },
        { what: "permissions_changed", by: "person", detail: { added: ["comfort.read"], removed: [] } },
      ]);
      expect((await rowOf(made)).tokenVersion).toBe(4);
      expect([sent, await pending()]).toEqual([[], []]);
    });

    test("two browsers that connect the same new account at once create one user with one row", async () => {
      const people = await Promise.all(Array.from({ length: 4 }, () => makeUser()));
      const providerAccountId = randomUUID();
      await Promise.all(
        people.map((user) => accounts.saveConnection({ ...connection(user), providerAccountId })),
      );
      const rows = await database.client.account.findMany({ where: { providerAccountId } });
      expect(rows).toHaveLength(1);
      expect(
        await database.client.user.findMany({
          where: { id: { in: people.map(({ userId }) => userId) } },
          select: { id: true },
        }),
      ).toEqual([{ id: rows[0]!.userId }]);
      expect(await database.client.session.count({ where: { userId: rows[0]!.userId } })).toBe(4);
    });
  });

  describe("deleting a Connect account (issue 4, In Connect 7)", () => {
    test("disconnects every account, and keeps nothing of the person", async () => {
      cloudAnswers(DONE);
      const { user, made, id } = await connected();
      const other = connection(user);
      await accounts.saveConnection(other);
      expect(await users.deleteConnectAccount(user)).toBe("revoked");
      expect(sent.map(({ token }) => token).sort()).toEqual(
        [made.accessToken, made.refreshToken, other.accessToken, other.refreshToken].sort(),
      );
      const left = await Promise.all([
        database.client.user.count({ where: { id: user.userId } }),
        database.client.account.count({ where: { userId: user.userId } }),
        database.client.session.count({ where: { userId: user.userId } }),
        database.client.linkedAccountEvent.count({ where: { accountId: id } }),
        database.client.pendingRevocation.count(),
      ]);
      expect(left).toEqual([0, 0, 0, 0, 0]);
    });

    test("while Legrand does not answer, keeps only the tokens, without a name, until they are revoked", async () => {
      cloudAnswers(DOWN);
      const { user } = await connected();
      expect(await users.deleteConnectAccount(user)).toBe("later");
      expect(await pending()).toHaveLength(1);
      expect(await database.client.user.count({ where: { id: user.userId } })).toBe(0);
    });

    test("leaves the accounts of other users alone", async () => {
      cloudAnswers(DONE);
      const [{ user }, { made }] = [await connected(), await connected()];
      await users.deleteConnectAccount(user);
      expect((await rowOf(made)).state).toBe("connected");
    });
  });
});
