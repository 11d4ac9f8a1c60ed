import type { AddressInfo } from "node:net";

import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";

/** A mail as the SMTP server received it: its envelope, and its content as a mail program reads it. */
export type Delivery = { from: string; recipients: string[]; email: Email };

type Answers = {
  /** The statuses for `RCPT TO` in turn, then 250. */
  recipient?: number[];
  /** Accepts connections and never sends a greeting. */
  isSilent?: boolean;
  user?: { name: string; password: string };
};

/** A local SMTP server that acts as a provider's. */
export type TestSmtp = {
  url: string;
  deliveries: Delivery[];
  /** Returns how often a client named a recipient. */
  attempts: () => number;
  /** Resolves when that many mails have arrived. */
  delivered: (count: number) => Promise<Delivery[]>;
  stop: () => Promise<void>;
};

/** Starts a server on a free port. Its refusals quote the recipient, as those of real servers do. */
export async function startSmtp({ recipient = [], isSilent, user }: Answers = {}): Promise<TestSmtp> {
  const deliveries: Delivery[] = [];
  const waiting: (() => void)[] = [];
  const answers = [...recipient];
  let attempts = 0;
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS", ...(user ? [] : ["AUTH"])],
    allowInsecureAuth: true,
    authOptional: !user,
    // A client that was left waiting must not delay the end.
    closeTimeout: 100,
    onConnect: (_session, done) => {
      if (!isSilent) done();
    },
    onAuth: ({ username, password }, _session, done) => {
      if (username === user?.name && password === user?.password) done(null, { user: username });
      else done(new Error("Authentication failed"));
    },
    onRcptTo: ({ address }, _session, done) => {
      attempts++;
      const responseCode = answers.shift() ?? 250;
      if (responseCode === 250) done();
      else done(Object.assign(new Error(`<${address}>: not now`), { responseCode }));
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        void PostalMime.parse(Buffer.concat(chunks)).then((email) => {
          deliveries.push({
            from: envelope.mailFrom ? envelope.mailFrom.address : "",
            recipients: envelope.rcptTo.map(({ address }) => address),
            email,
          });
          done();
          waiting.splice(0).forEach((look) => look());
        });
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://${user ? `${user.name}:${user.password}@` : ""}127.0.0.1:${port}`,
    deliveries,
    attempts: () => attempts,
    delivered: async (count) => {
      while (deliveries.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
      return deliveries;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}
