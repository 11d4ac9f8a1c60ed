import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, onTestFinished, test, vi } from "vitest";

import type { Mail } from "#lib/mail/mail.ts";
import { Browser, testOrigin, type Page } from "#tests/factories/browser.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { addSecret, makeApplication } from "#tests/factories/make-application.ts";
import { ownServer } from "#tests/factories/own-server.ts";
import { readMails } from "#tests/factories/portal.ts";
import { rawRequest, statusOf } from "#tests/factories/raw-request.ts";
import { startSmtp, type TestSmtp } from "#tests/factories/smtp.ts";
import { query } from "#tests/harness/database.ts";
import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";
import { freePort, startBriefServer, type TestServer } from "#tests/harness/server.ts";
import { setEnvironment } from "#tests/unit/environment.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const SECRET = "lgs_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
const MAIL: Mail = {
  to: "giulia@example.com",
  subject: "Thermo is registered",
  blocks: ["Here it is.", { values: { "Client secret": SECRET } }],
};

// Mocked for the whole file, because a mail that fails for good is logged after its test has ended.
const log = vi.spyOn(console, "error").mockImplementation(() => {});

/**
 * Sets the environment of this process until the test ends. The sandbox code in this process reads it, and
 * servers that start later inherit it.
 */
function configure(settings: Record<string, string | undefined>): void {
  const before = { ...process.env };
  onTestFinished(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  });
  setEnvironment(settings);
}

/** Starts an SMTP server that stops with the test, and configures the sandbox's mail for it. */
async function sender(answers: Parameters<typeof startSmtp>[0] = {}, settings: Record<string, string> = {}) {
  const smtp = await startSmtp(answers);
  onTestFinished(smtp.stop);
  configure({
    SMTP_URL: smtp.url,
    ORIGIN: "https://sandbox.example",
    DATA_DIR: join(tmpdir(), "never-written"),
    ...settings,
  });
  const earlier = log.mock.calls.length;
  const [{ sendSandboxMail, postSandboxMail }, { settlePostedMail }] = await Promise.all([
    import("#lib/legrand/mail/sandbox-mail.ts"),
    import("#lib/mail/post-mail.ts"),
  ]);
  return {
    smtp,
    sendMail: sendSandboxMail,
    postMail: postSandboxMail,
    settlePostedMail,
    logged: () => JSON.stringify(log.mock.calls.slice(earlier)),
  };
}

describe("a mail by SMTP (RFC 5321)", () => {
  test("arrives as text and as HTML, for one recipient, from the sandbox", async () => {
    const { smtp, sendMail } = await sender(
      { user: { name: "sandbox", password: "let-me-in" } },
      { MAIL_FROM: "The sandbox <noreply@sandbox.example>" },
    );
    await sendMail(MAIL);
    const [{ from, recipients, email }] = smtp.deliveries as [(typeof smtp.deliveries)[0]];
    expect([from, recipients, email.subject, email.from?.name]).toEqual([
      "noreply@sandbox.example",
      [MAIL.to],
      MAIL.subject,
      "The sandbox",
    ]);
    for (const part of [email.text, email.html]) expect(part).toContain(SECRET);
  });

  test("is retried after a temporary failure (RFC 5321 §4.2.1, 4yz), and arrives once", async () => {
    const { smtp, sendMail, logged } = await sender({ recipient: [451] });
    await sendMail(MAIL);
    expect(smtp.attempts()).toBe(2);
    expect(smtp.deliveries).toHaveLength(1);
    expect(logged()).toBe("[]");
  });

  test("is not retried after a permanent refusal (5yz)", async () => {
    const { smtp, sendMail } = await sender({ recipient: [550, 550] });
    await expect(sendMail(MAIL)).rejects.toThrow("550");
    expect(smtp.attempts()).toBe(1);
  });

  test("is logged once if it cannot be sent, without its body, its subject, its secret or its recipient", async () => {
    const { postMail, settlePostedMail, logged } = await sender({ recipient: [550] });
    postMail(MAIL);
    await settlePostedMail(10_000);
    expect(logged()).toContain("A mail to example.com was not sent: EENVELOPE 550 RCPT TO");
    expect(JSON.parse(logged())).toHaveLength(1);
    for (const unsaid of [SECRET, "giulia", "Thermo", "Here it is"]) expect(logged()).not.toContain(unsaid);
  });

  test("is not refused for good if our SMTP password is wrong, and the error contains no password", async () => {
    const { smtp } = await sender({ user: { name: "sandbox", password: "let-me-in" } });
    const { sendBySmtp } = await import("#lib/mail/send-by-smtp.ts");
    const { MailNotSentError } = await import("#lib/mail/mail-not-sent-error.ts");
    const failure = await sendBySmtp(smtp.url.replace("let-me-in", "wrong-4711"), MAIL.to, {
      to: MAIL.to,
      from: "a@example.com",
      text: "x",
    }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MailNotSentError);
    expect(failure).toMatchObject({ isFinal: false });
    expect(String(failure)).not.toMatch(/4711|giulia/);
  });

  test("is sent in the background: a silent server delays no page, and the shutdown waits only as long as its limit", async () => {
    const { smtp, postMail, settlePostedMail, logged } = await sender({ isSilent: true });
    const begun = performance.now();
    postMail(MAIL);
    expect(performance.now() - begun, "the page").toBeLessThan(1_000);
    await settlePostedMail(50);
    expect(performance.now() - begun, "the shutdown").toBeLessThan(5_000);
    expect(smtp.deliveries).toEqual([]);
    expect(logged()).toContain("1 mails were not sent: the server stopped");
  });
});

describe("/legrand/mail without an SMTP server (this machine only)", () => {
  ownServer();

  /** Stores a mail where the server under test keeps it. */
  async function keep(mail: Partial<Mail> = {}): Promise<{ to: string }> {
    configure({ DATA_DIR: process.env.TEST_DATA_DIR, ORIGIN: testOrigin() });
    const { sendSandboxMail } = await import("#lib/legrand/mail/sandbox-mail.ts");
    const to = mail.to ?? `${randomUUID()}@example.com`;
    await sendSandboxMail({ ...MAIL, ...mail, to });
    return { to };
  }

  const list = (to: string) => new Browser().open(`/legrand/mail?${new URLSearchParams({ to })}`);
  const linkTo = ({ text }: Page) => /href="(\/legrand\/mail\/2[^"]+)"/.exec(text)![1]!;

  test("lists the mail to a recipient, and says why it is here and who can read it", async () => {
    const [{ to }] = [await keep({ subject: "First" }), await keep()];
    const text = textOf((await list(to)).text);
    expect(text).toContain(`First`);
    expect(text).toContain(`To ${to}`);
    expect(text).not.toContain(MAIL.subject);
    expect(text).toContain("SMTP_URL is not set");
    expect(text).toContain("Anyone who uses this machine can read this page without signing in");
  });

  test("shows a mail as it was sent, secret included, as text, with links to our own origin only", async () => {
    const { to } = await keep({
      subject: "<script>alert(1)</script>",
      blocks: [
        "<img src=x> https://elsewhere.example/",
        { values: { "Client secret": SECRET } },
        { action: "Open", href: "/legrand/applications" },
      ],
    });
    const page = await new Browser().open(linkTo(await list(to)));
    expect(textOf(page.text)).toContain(`Client secret: ${SECRET}`);
    expect(page.text).toContain("&lt;img src=x&gt;");
    expect(page.text).not.toMatch(/<img src=x|<script>alert/);
    expect(
      [...page.text.matchAll(/href="([^"]*)"/g)]
        .map(([, href]) => href)
        .filter((href) => /elsewhere|^https?:/.test(href!)),
    ).toEqual([]);
    expect(page.text).toContain('href="/legrand/applications"');
    expect(page.headers.get("cache-control")).toBe("no-store");
  });

  test("offers the file for download, byte for byte", async () => {
    const { to } = await keep();
    const answer = await new Browser().open(`${linkTo(await list(to))}/download`);
    expect([
      answer.status,
      answer.headers.get("content-type"),
      answer.headers.get("x-content-type-options"),
    ]).toEqual([200, "message/rfc822", "nosniff"]);
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="2[\w.-]+\.eml"$/);
    expect(answer.text).toContain(`To: ${to}\r\n`);
    expect((await readMails(to))[0]!.text).toContain(SECRET);
  });

  test.each([
    "..%2Fsecrets",
    "%2e%2e%2f%2e%2e%2fpackage",
    "2026-11-23T03-57-48.189Z-5Tu5SxB7",
    "2026-11-23T03-57-48.189Z-..%2F..%2F..",
    "x".repeat(300),
  ])("finds no other file: %s", async (id) => {
    for (const path of [`/legrand/mail/${id}`, `/legrand/mail/${id}/download`])
      expect((await new Browser().open(path)).status).toBe(404);
  });

  test("deletes all mail from its own page, and none from another site", async () => {
    const { to } = await keep();
    expect(
      (await new Browser().post("/legrand/mail/delete", {}, { origin: "https://evil.example" })).status,
    ).toBe(403);
    expect((await list(to)).text).toContain("/legrand/mail/2");
    const browser = new Browser();
    expect(textOf((await browser.follow(await browser.post("/legrand/mail/delete", {}))).text)).toContain(
      "No mail yet",
    );
  });
});

describe("/legrand/mail on a server that other people can reach", () => {
  let port: number;
  const server = ownServer(async () => ({
    ORIGIN: "https://sandbox.example",
    PORT: String((port = await freePort())),
  }));

  test.each([
    "/legrand/mail",
    "/legrand/mail/2026-11-23T03-57-48.189Z-5Tu5SxB7",
    "/legrand/mail/2026-11-23T03-57-48.189Z-5Tu5SxB7/download",
  ])("%s is 404", async (path) => {
    const folder = join(server().dataDir, "mail");
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, "2026-11-23T03-57-48.189Z-5Tu5SxB7.eml"),
      "To: a@example.com\r\nSubject: Hidden\r\n\r\nHidden",
    );
    const answer = await fetch(`http://localhost:${port}${path}`, { headers: { accept: "text/html" } });
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain("Hidden");
  });

  test("refuses to delete mail", async () => {
    const answer = await fetch(`http://localhost:${port}/legrand/mail/delete`, {
      method: "POST",
      body: new URLSearchParams(),
    });
    expect(answer.status).toBe(404);
  });
});

const ANOTHER_CLOUD = {
  LEGRAND_AUTHORIZE_URL: "https://cloud.example/authorize",
  LEGRAND_TOKEN_URL: "https://cloud.example/token",
  LEGRAND_API_URL: "https://cloud.example/api",
};

/** Makes a developer and a secret that expires soon. A server that is already running stores all of it. */
async function makeDueSecret(): Promise<{ email: string; secret: string; clientId: string }> {
  const [account, application] = [await makeAccount(), await makeApplication()];
  await query(
    `UPDATE legrand_application SET developer_id = $1::uuid WHERE client_id = $2::uuid`,
    account.id,
    application.clientId,
  );
  await addSecret(application.clientId, SECRET, new Date(Date.now() + 3 * DAY_MS));
  return { email: account.email, secret: SECRET, clientId: application.clientId };
}

describe("expiry notices, from a server that starts", () => {
  test("are retried until the SMTP server accepts them, and sent once; neither mail nor log has a secret", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "legrand-connect-mail-"));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    await putMigratedDatabase(dataDir);
    const smtp = await startSmtp({ recipient: [451] });
    onTestFinished(smtp.stop);
    configure({});
    const output: string[] = [];
    const during = async <T>(
      work: (server: TestServer) => Promise<T>,
      settings: Record<string, string> = {},
    ): Promise<T> => {
      const server = await startBriefServer({ DATA_DIR: dataDir, SMTP_URL: smtp.url, ...settings });
      Object.assign(process.env, {
        TEST_ORIGIN: server.origin,
        TEST_CONTROL_PORT: String(server.controlPort),
      });
      try {
        return await work(server);
      } finally {
        await server.stop();
        output.push(server.output());
      }
    };
    const noticeSent = async (clientId: string) =>
      (
        await query<{ sent: number | null }>(
          `SELECT notice_sent::int AS sent FROM legrand_client_secret WHERE client_id = $1::uuid AND last_characters = $2`,
          clientId,
          SECRET.slice(-4),
        )
      )[0]!.sent;
    // Without a sandbox no sweep runs for it, so the secret becomes due at the next start.
    const due = await during(makeDueSecret, ANOTHER_CLOUD);
    // The SMTP server answers "try later", so the sweep releases its claim…
    await during(() =>
      vi.waitFor(async () => {
        expect([smtp.attempts(), await noticeSent(due.clientId)]).toEqual([1, null]);
      }, 20_000),
    );
    // …and the next sweep sends it.
    await during(async () => {
      const [{ recipients, email }] = (await smtp.delivered(1)) as [TestSmtp["deliveries"][0]];
      expect(recipients).toEqual([due.email]);
      expect(email.text).toContain(due.clientId);
      expect(email.text).not.toContain(due.secret);
      expect(await noticeSent(due.clientId)).toBe(7);
    });
    await during(() => Promise.resolve());
    expect(smtp.deliveries).toHaveLength(1);
    expect(output.join("\n")).toContain("was not sent: EENVELOPE 451 RCPT TO");
    for (const unsaid of [due.secret, due.email.split("@")[0]!])
      expect(output.join("\n")).not.toContain(unsaid);
  }, 120_000);
});

test("kept mail is served under the name localhost only, so another site's name for this machine cannot read it (DNS rebinding)", async () => {
  const ask = (path: string, host: string) =>
    rawRequest(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  for (const path of [
    "/legrand/mail",
    "/legrand/mail?to=a@example.com",
    "/legrand/mail/x",
    "/legrand/mail/x/download",
    "/legrand/./mail",
    "/legrand/x/../mail",
    "/legrand/%2e/mail",
  ]) {
    expect(statusOf(await ask(path, "evil.example:3000"))).toBe(421);
  }
  expect(statusOf(await ask("/legrand/mail", "localhost"))).toBe(200);
});
