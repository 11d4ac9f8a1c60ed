import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";

import type { Mail } from "#lib/mail/mail.ts";
import { useEmbeddedDatabase } from "#tests/unit/embedded-database.ts";
import { SECRETS } from "#tests/unit/environment.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const database = useEmbeddedDatabase();
let notices: typeof import("#lib/legrand/expiry-notices/send-expiry-notices.ts");
let MailNotSentError: typeof import("#lib/mail/mail-not-sent-error.ts").MailNotSentError;

beforeAll(async () => {
  Object.assign(process.env, SECRETS, { DATA_DIR: database.folder });
  notices = await import("#lib/legrand/expiry-notices/send-expiry-notices.ts");
  ({ MailNotSentError } = await import("#lib/mail/mail-not-sent-error.ts"));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await database.client.application.deleteMany();
});

type Wanted = {
  endsInDays: number;
  noticeSent?: number;
  state?: "active" | "suspended";
  lastUsedAt?: Date;
  isConnects?: boolean;
};

/** Creates a secret of an application with its own developer. */
async function makeSecret({ endsInDays, noticeSent, state = "active", lastUsedAt, isConnects }: Wanted) {
  const id = randomUUID();
  const email = `${id}@example.com`;
  await database.client.clientSecret.create({
    data: {
      id,
      secretDigest: id,
      lastCharacters: "x9Yz",
      label: "Production",
      expiresAt: new Date(Date.now() + endsInDays * DAY_MS),
      noticeSent,
      lastUsedAt,
      application: {
        create: {
          name: "Thermo",
          description: "d",
          vendor: "v",
          url: "https://thermo.example",
          state,
          ...(isConnects
            ? {}
            : {
                developer: {
                  create: {
                    email,
                    givenName: "Giulia",
                    familyName: "Rossi",
                    country: "IT",
                    passwordDigest: "",
                  },
                },
              }),
        },
      },
    },
  });
  return { id, email };
}

const noticeOf = async (id: string) =>
  (await database.client.clientSecret.findUniqueOrThrow({ where: { id } })).noticeSent;

/** Sweeps once. Returns the mails that were sent. */
async function sweep(): Promise<Mail[]> {
  const sent: Mail[] = [];
  await notices.sendExpiryNotices(async (mail) => {
    sent.push(mail);
  });
  return sent;
}

describe("a developer receives a notice 30 days before a client secret ends, 7 days before, and at its end (issue 3, Secrets)", () => {
  test.each([
    [400, undefined, null],
    [30.1, undefined, null],
    [29.9, undefined, 30],
    [7.1, undefined, 30],
    [6.9, undefined, 7],
    [0.01, undefined, 7],
    [-0.01, undefined, 0],
    [29, 30, null],
    [8, 30, null],
    [6, 30, 7],
    [5, 7, null],
    [-1, 7, 0],
    [-1, 30, 0],
    [-20, undefined, 0],
    [-1, 0, null],
    [-100, undefined, null],
  ])(
    "with %d days to go, after the notice of %s days: sends the notice of %s days",
    async (endsInDays, noticeSent, expected) => {
      const { id, email } = await makeSecret({ endsInDays, noticeSent });
      const mails = await sweep();
      expect(mails.map(({ to }) => to)).toEqual(expected === null ? [] : [email]);
      expect(await noticeOf(id)).toBe(expected ?? noticeSent ?? null);
      // Each notice is sent once; after a month without a sweep, only the latest one.
      expect(await sweep()).toEqual([]);
    },
  );

  test("for a suspended application too, and never for one that no developer registered", async () => {
    const { email } = await makeSecret({ endsInDays: 3, state: "suspended" });
    await makeSecret({ endsInDays: 3, isConnects: true });
    expect((await sweep()).map(({ to }) => to)).toEqual([email]);
  });

  test("for every secret, however many there are", async () => {
    const secrets = await Promise.all(Array.from({ length: 45 }, () => makeSecret({ endsInDays: 3 })));
    expect((await sweep()).map(({ to }) => to).sort()).toEqual(secrets.map(({ email }) => email).sort());
  });

  test("once, even if several processes sweep at the same time", async () => {
    await Promise.all(Array.from({ length: 30 }, () => makeSecret({ endsInDays: 3 })));
    const mails = (await Promise.all([sweep(), sweep(), sweep()])).flat();
    expect(new Set(mails.map(({ to }) => to)).size).toBe(mails.length);
    expect(mails).toHaveLength(30);
  });
});

describe("the notice", () => {
  const textOf = ({ subject, blocks }: Mail) =>
    [subject, ...blocks.map((block) => JSON.stringify(block))].join("\n");

  test("names application, label, last characters, date and last use, and links to the application", async () => {
    const { id } = await makeSecret({ endsInDays: 3, lastUsedAt: new Date("2026-11-20T08:15:00Z") });
    const text = textOf((await sweep())[0]!);
    const { clientId, expiresAt } = await database.client.clientSecret.findUniqueOrThrow({ where: { id } });
    const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(expiresAt);
    for (const said of [
      "Thermo",
      "Production",
      "x9Yz",
      `expires on ${date}`,
      "20 November 2026 at 08:15 UTC",
      clientId,
      `"href":"/legrand/applications/${clientId}"`,
    ])
      expect(text).toContain(said);
  });

  test("says that the secret was never used, and that it has expired when it has", async () => {
    await makeSecret({ endsInDays: -1 });
    const text = textOf((await sweep())[0]!);
    expect(text).toContain("has expired");
    expect(text).toContain('"Last used":"never"');
  });
});

describe("a notice that cannot be sent", () => {
  test("releases its claim and is sent in the next sweep; sent notices are not sent again", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const [first, second] = [
      await makeSecret({ endsInDays: 3, noticeSent: 30 }),
      await makeSecret({ endsInDays: 4 }),
    ];
    const sent: string[] = [];
    await notices.sendExpiryNotices(async ({ to }) => {
      if (to === first.email) throw new MailNotSentError(to, { code: "ECONNECTION", isFinal: false });
      sent.push(to);
    });
    expect(sent).toEqual([second.email]);
    expect([await noticeOf(first.id), await noticeOf(second.id)]).toEqual([30, 7]);
    expect((await sweep()).map(({ to }) => to)).toEqual([first.email]);
    expect(log).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(log.mock.calls)).not.toContain(first.email);
  });

  test("resets a first claim to none", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const { id } = await makeSecret({ endsInDays: 3 });
    await notices.sendExpiryNotices(() => Promise.reject(new Error("down")));
    expect(await noticeOf(id)).toBeNull();
  });

  test("is not retried every ten minutes if the refusal is final", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const { email } = await makeSecret({ endsInDays: 3 });
    await notices.sendExpiryNotices(() =>
      Promise.reject(new MailNotSentError(email, { responseCode: 550, command: "RCPT TO", isFinal: true })),
    );
    expect(await sweep()).toEqual([]);
  });

  test("ends the sweep: a mail server that is down receives one batch of attempts", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    await Promise.all(Array.from({ length: 45 }, () => makeSecret({ endsInDays: 3 })));
    let asked = 0;
    await notices.sendExpiryNotices(() => {
      asked++;
      return Promise.reject(new Error("down"));
    });
    expect(asked).toBe(20);
    expect(await sweep()).toHaveLength(45);
  });
});
