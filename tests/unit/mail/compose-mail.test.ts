import { createTransport } from "nodemailer";
import PostalMime, { type Email } from "postal-mime";
import { beforeEach, describe, expect, test } from "vitest";

import type { Mail, Sender } from "#lib/mail/mail.ts";
import { setEnvironment } from "#tests/unit/environment.ts";

beforeEach(() => setEnvironment({ ORIGIN: "https://sandbox.example" }));

const SENDER: Sender = {
  from: "Legrand sandbox <sandbox@localhost>",
  footer: "Legrand sandbox · not the real cloud",
  footerPath: "/legrand/applications",
};

const MAIL: Mail = {
  to: "giulia@example.com",
  subject: "Confirm your account",
  blocks: ["One click is left."],
};

async function compose(mail: Partial<Mail>) {
  const { composeMail } = await import("#lib/mail/compose-mail.ts");
  return composeMail(SENDER, { ...MAIL, ...mail });
}

/** Returns what a mail program reads, and the recipients that the SMTP server receives. */
async function read(mail: Partial<Mail>): Promise<Email & { recipients: string[] }> {
  const { message, envelope } = await createTransport({ streamTransport: true, buffer: true }).sendMail(
    await compose(mail),
  );
  return { ...(await PostalMime.parse(message as Buffer)), recipients: envelope.to };
}

describe("a mail that we send", () => {
  test("has a greeting, its content and its sender, as text and as HTML", async () => {
    const { text, html, subject, from } = await read({});
    for (const part of [text, html]) {
      expect(part).toMatch(/Hello,[^]*One click is left\.[^]*Legrand sandbox · not the real cloud/);
    }
    expect(subject).toBe("Confirm your account");
    expect(from?.address).toBe("sandbox@localhost");
  });

  test("has absolute links to the public origin, each on its own line in the text", async () => {
    const { text, html } = await read({
      blocks: [{ action: "Confirm", href: "/legrand/confirm?token=a&b=c" }],
    });
    expect(text).toContain("Confirm:\nhttps://sandbox.example/legrand/confirm?token=a&b=c\n");
    expect(html).toContain('<a href="https://sandbox.example/legrand/confirm?token=a&amp;b=c"');
  });

  test.each([
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "javascript:alert(1)",
    "data:text/html,x",
  ])("refuses a link to another origin: %s", async (href) => {
    await expect(compose({ blocks: [{ action: "Go", href }] })).rejects.toThrow(
      "Mail may link only to the origin of this server",
    );
  });

  test("escapes what strangers wrote, so that none of it is HTML (OWASP ASVS 5.0, 1.2.1)", async () => {
    const evil = `<img src=x onerror="alert(1)">&'`;
    const { html, text } = await read({
      subject: evil,
      blocks: [evil, { values: { [evil]: evil } }, { action: evil, href: `/legrand/?q=${evil}` }],
    });
    expect(html).not.toContain("<img");
    expect(html!.split("&lt;img").length - 1).toBe(5);
    expect(text).toContain(`${evil}: ${evil}`);
  });

  test("loads no picture, script or style from another address", async () => {
    const { html } = await read({});
    expect(html).not.toMatch(/<(img|script|link|iframe|style)\b|url\(/i);
  });

  test("asks for no automatic reply (RFC 3834 §5)", async () => {
    expect((await read({})).headers.find(({ key }) => key === "auto-submitted")?.value).toBe(
      "auto-generated",
    );
  });
});

describe("headers cannot be injected (RFC 5322 §2.2)", () => {
  test.each(["\r\n", "\n", "\r", "\u2028", "\0", "\u0085"])(
    "keeps a subject with %j on one line",
    async (lineBreak) => {
      const { subject, headers, recipients, text } = await read({
        subject: `Hello${lineBreak}Bcc: eve@example.com${lineBreak}${lineBreak}Another body`,
      });
      expect(subject).toMatch(/^Hello Bcc: eve@example\.com +Another body$/);
      expect(headers.map(({ key }) => key)).not.toContain("bcc");
      expect(recipients).toEqual([MAIL.to]);
      expect(text).toMatch(/^Hello,/);
    },
  );

  test.each([
    "a@example.com, b@example.com",
    "a@example.com;b@example.com",
    "a@example.com b@example.com",
    "a@example.com\r\nBcc: b@example.com",
    "a@example.com\n",
    "<a@example.com>",
    "A <a@example.com>",
    "Group: a@example.com;",
    '"a,b"@example.com',
    "a@example.com>,<b@example.com",
    "a@b@example.com",
    "a\0@example.com",
    "a@[127.0.0.1]",
    "(a)b@example.com",
    "a",
    "@example.com",
    "a@",
    "",
    `${"a".repeat(250)}@example.com`,
    "a\u202e@example.com",
  ])("refuses a recipient that is not one plain address: %j", async (to) => {
    await expect(compose({ to })).rejects.toThrow("was not sent");
  });

  test.each([
    "a@example.com",
    "giulia.rossi+legrand@mail.example.co.uk",
    "o'neil@example.com",
    "ä@exämple.com",
    "a@localhost",
  ])("sends to exactly one recipient: %s", async (to) => {
    expect((await read({ to })).recipients).toEqual([to]);
  });
});
