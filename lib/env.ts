import { isIP } from "node:net";

import { z } from "zod";

import { digest } from "#lib/crypto/digest.ts";
import { findDatabaseUrlProblem } from "#lib/database-url.ts";
import { toComparableEmail } from "#lib/email-address.ts";

const NOT_LOCALHOST =
  "must name this machine as localhost: next-auth treats 127.0.0.1 and [::1] as localhost, so the reply URL would differ";

const origin = z
  .url({
    protocol: /^https?$/,
    error: "must be an http or https origin, such as https://connect.example",
    abort: true,
  })
  .refine(
    (value) => URL.parse(value)?.origin === value,
    "must be an origin: scheme, host and port, without a path or a trailing slash",
  )
  .refine((value) => !["127.0.0.1", "[::1]"].includes(URL.parse(value)?.hostname ?? ""), NOT_LOCALHOST);

const HOST_RULE =
  "must be an IP address to listen at, such as 0.0.0.0 for all interfaces, or localhost. If the shell sets it to the machine's name, unset it";

/** The addresses that the name localhost stands for (RFC 6761 §6.3). */
const LOOPBACK_ADDRESSES = ["127.0.0.1", "::1"];

const host = z
  .string()
  .refine((value) => value === "localhost" || isIP(value) !== 0, HOST_RULE)
  .transform((value) => (value === "localhost" ? LOOPBACK_ADDRESSES : [value]));

const url = z.url({ protocol: /^https?$/, error: "must be an http or https address" });

/** `id:base64` of 32 bytes each, separated by commas; the first encrypts, all decrypt. */
const encryptionKeys = z.string("is missing").transform((value, context) =>
  value.split(",").map((entry): [string, Buffer] => {
    const [id = "", encoded = ""] = entry.trim().split(":");
    const key = Buffer.from(encoded, "base64");
    if (!/^[\w-]+$/.test(id) || key.length !== 32) {
      context.addIssue("must be a list of id:base64 with 32 bytes each (openssl rand -base64 32)");
    }
    return [id, key];
  }),
);

const flag = z.enum(["true", "false"], "must be true or false").transform((value) => value === "true");

const PORT_RANGE = "must be a port number, from 1 to 65535";

const wholeNumber = (least: number, most: number) => {
  const range = `must be a whole number, from ${least} to ${most}`;
  return z.coerce.number(range).int(range).min(least, range).max(most, range);
};

const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, { error: "must begin with postgresql://", abort: true })
  .superRefine((value, context) => {
    const problem = findDatabaseUrlProblem(value);
    if (problem) context.addIssue(problem);
  });

const schema = z.object({
  /** Port that the server listens on. */
  PORT: z.coerce.number(PORT_RANGE).int(PORT_RANGE).min(1, PORT_RANGE).max(65535, PORT_RANGE).default(3000),
  /**
   * IP address that the server listens at. Unless set: loopback only where the origin is this machine, else
   * every interface.
   */
  HOST: host.optional(),
  /** Public origin: the issuer, every absolute URL and the callback are built on it. */
  ORIGIN: origin.optional(),
  /** Whether the browser's rule to use https (HSTS) covers every subdomain of the origin's host too. */
  HSTS_INCLUDE_SUBDOMAINS: flag.default(false),
  /** Folder of the embedded database and of the secrets that nobody set. */
  DATA_DIR: z.string().default(".data"),
  /**
   * PostgreSQL connection string, with parameters that node-postgres reads; without it the embedded database
   * serves.
   */
  DATABASE_URL: postgresUrl.optional(),
  /**
   * The same database as the role that owns the schema: migrations are applied with it, and `DATABASE_URL`
   * may be a role that cannot.
   */
  DATABASE_MIGRATION_URL: postgresUrl.optional(),
  /** Connections to PostgreSQL that this process has at most. */
  DATABASE_POOL_SIZE: wholeNumber(1, 500).default(10),
  /**
   * After so many seconds PostgreSQL breaks a statement off; 0: never, or where a pooler refuses the setting.
   */
  DATABASE_STATEMENT_TIMEOUT_SECONDS: wholeNumber(0, 3600).default(60),
  /**
   * Whether the embedded database acknowledges a commit only when it is on the disk. Without it a power cut
   * may lose the last second.
   */
  DATABASE_SYNC: flag.default(false),
  /** Signs next-auth's cookies. */
  AUTH_SECRET: z.string("is missing").min(32, "must have at least 32 characters (openssl rand -base64 32)"),
  /** Encrypts tokens at rest, `id:base64,…`. */
  TOKEN_ENCRYPTION_KEYS: encryptionKeys,
  /** Signs the sandbox's cookies; separated by commas, the first signs, all verify. */
  LEGRAND_COOKIE_KEYS: z
    .string("is missing")
    .transform((value) => value.split(",").map((key) => key.trim()))
    .refine(
      (keys) => keys.every((key) => key.length >= 32),
      "must have at least 32 characters in each key (openssl rand -base64 32)",
    ),
  /** Connect's registration at the authorization server. */
  LEGRAND_CLIENT_ID: z.string().min(1).default("c0e2d1f4-6b7a-4f0e-9d3c-5a8b1e2f7c60"),
  /** Connect's secret there. */
  LEGRAND_CLIENT_SECRET: z.string("is missing").min(1),
  /** Authorization endpoint; set together with the next two to leave the sandbox. */
  LEGRAND_AUTHORIZE_URL: url.optional(),
  /** Token endpoint. */
  LEGRAND_TOKEN_URL: url.optional(),
  /** Base of the API, without a trailing slash. */
  LEGRAND_API_URL: url.optional(),
  /**
   * The issuer that the other cloud has to name wherever it names one (`iss`, RFC 9207). Unless set, a cloud
   * without discovery may name any.
   */
  LEGRAND_ISSUER: url.optional(),
  /**
   * Base of the Home + Control API, without a trailing slash; only together with the three above. Without it
   * no product of that API is shown.
   */
  LEGRAND_HOME_CONTROL_URL: url.optional(),
  /** Sent as `Ocp-Apim-Subscription-Key` to the API; the sandbox has one for Connect, unless this is set. */
  LEGRAND_SUBSCRIPTION_KEY: z.string().optional(),
  /** What Connect asks for, separated by spaces; the real cloud takes the scopes from the registration. */
  LEGRAND_SCOPES: z.string().optional(),
  /**
   * Addresses, separated by commas, whose owners become administrators of Connect when they connect with
   * them, once each. The default counts for callers on this machine only.
   */
  ADMIN_EMAILS: z
    .string()
    .transform((value) =>
      value
        .split(",")
        .map((address) => toComparableEmail(address.trim()))
        .filter(Boolean),
    )
    .optional(),
  /**
   * Whether the four sandbox accounts, with their published password, exist. Unless set: where the origin is
   * this machine, and for callers on this machine only.
   */
  SANDBOX_ACCOUNTS: flag.optional(),
  /**
   * Seconds in which the answer to a refresh can be fetched again with the refresh token that it spent; 0:
   * never. The default of applications that chose no policy.
   */
  SANDBOX_REFRESH_OVERLAP_SECONDS: wholeNumber(0, 600).default(30),
  /**
   * A refresh token ends that many days after the person allowed the access, however often it is renewed
   * (ASVS 10.4.8).
   */
  SANDBOX_REFRESH_MAX_DAYS: wholeNumber(1, 3650).default(365),
  /**
   * Bytes that the parameters of an authorization request may have together: they are stored before anybody
   * has signed in.
   */
  SANDBOX_AUTHORIZE_MAX_BYTES: wholeNumber(1024, 16_384).default(4096),
  /**
   * SMTP server for all mail, `smtp://user:password@host:587`; without it mail is kept in the data folder.
   */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, "must begin with smtp:// or smtps://")
    .optional(),
  /** Sender of the sandbox's mail. */
  MAIL_FROM: z.string().default("Legrand sandbox <sandbox@localhost>"),
  /** Sender of Connect's mail. */
  CONNECT_MAIL_FROM: z.string().default("Connect <connect@localhost>"),
  /** Whether a mail to the developer may carry a new client secret, as Legrand's does. */
  MAIL_CLIENT_SECRET: flag.default(true),
  /**
   * Connects that this process works on at once, from the button to the callback; the next one is asked to
   * wait.
   */
  CONNECTS_AT_ONCE: wholeNumber(1, 1000).default(8),
  /**
   * Whether the address of the client is taken from the last `X-Forwarded-For` entry: only behind a proxy
   * that sets it.
   */
  TRUST_PROXY: flag.default(false),
  /** Whether each request is a line in the log. Where the origin is this machine: only when said. */
  LOG_REQUESTS: flag.optional(),
  /** Port of the metrics; without it there are none. */
  METRICS_PORT: wholeNumber(1, 65535).optional(),
  /** Address that the port of the metrics is bound to: not a public one. */
  METRICS_HOST: z.string().default("127.0.0.1"),
  /**
   * Seconds that a connection without a request stays open: longer than a proxy in front keeps it, which else
   * sends into a closed one.
   */
  KEEP_ALIVE_SECONDS: wholeNumber(1, 3600).default(75),
  /** How long a stop goes on answering as before, so that a balancer has seen that /readyz says no. */
  STOP_DELAY_SECONDS: wholeNumber(0, 300).default(0),
  /** How long a stop waits for requests in flight and for work in the background, the delay not included. */
  STOP_GRACE_SECONDS: wholeNumber(1, 3600).default(25),
});

/** The name of every variable that the environment may have. */
export const SETTING_NAMES = Object.keys(schema.shape);

function readEnv() {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success)
    throw new EnvironmentError(
      parsed.error.issues.map((issue) => `${issue.path[0]?.toString()} ${issue.message}`),
    );
  const v = parsed.data;
  const external = [v.LEGRAND_AUTHORIZE_URL, v.LEGRAND_TOKEN_URL, v.LEGRAND_API_URL].filter(Boolean).length;
  if (v.METRICS_PORT === v.PORT)
    throw new EnvironmentError(["METRICS_PORT must be another port than PORT: the metrics are not public"]);
  if (external !== 0 && external !== 3) {
    throw new EnvironmentError([
      "LEGRAND_AUTHORIZE_URL, LEGRAND_TOKEN_URL and LEGRAND_API_URL must be set together or not at all",
    ]);
  }
  if (v.LEGRAND_ISSUER && !external)
    throw new EnvironmentError([
      "LEGRAND_ISSUER may be set only together with the three addresses of another cloud: the sandbox has its own issuer",
    ]);
  if (v.LEGRAND_HOME_CONTROL_URL && external === 0) {
    throw new EnvironmentError([
      "LEGRAND_HOME_CONTROL_URL must be set together with LEGRAND_AUTHORIZE_URL, LEGRAND_TOKEN_URL and LEGRAND_API_URL, or not at all",
    ]);
  }
  const publicOrigin = v.ORIGIN ?? `http://localhost:${v.PORT}`;
  const issuer = `${publicOrigin}/legrand`;
  const isHttps = publicOrigin.startsWith("https:");
  const { hostname } = new URL(publicOrigin);
  const isLocal = hostname === "localhost";
  return {
    port: v.PORT,
    /** The addresses to listen at; an empty list means every interface. */
    hosts: v.HOST ?? (isLocal ? LOOPBACK_ADDRESSES : []),
    origin: publicOrigin,
    isHttps,
    /**
     * Value of `Strict-Transport-Security`, or null. A browser applies it to every port of a host (RFC 6797
     * §8.3): for this machine it would break a developer's other applications.
     */
    hsts:
      isHttps && !isThisMachine(hostname)
        ? `max-age=63072000${v.HSTS_INCLUDE_SUBDOMAINS ? "; includeSubDomains" : ""}`
        : null,
    /**
     * Whether the origin is this machine, which has no other name here than localhost. Says nothing about a
     * caller: see `isOnThisMachine` (lib/http/this-machine.ts).
     */
    isLocal,
    /** Whether browsers treat the origin as potentially trustworthy (W3C Secure Contexts §3.1). */
    isTrustworthy: isHttps || isLocal,
    dataDir: v.DATA_DIR,
    databaseUrl: v.DATABASE_URL,
    /** How PostgreSQL is used. */
    database: {
      migrationUrl: v.DATABASE_MIGRATION_URL,
      poolSize: v.DATABASE_POOL_SIZE,
      statementTimeoutMs: v.DATABASE_STATEMENT_TIMEOUT_SECONDS * 1000,
    },
    /** How the embedded database is used. */
    embedded: { waitsForDisk: v.DATABASE_SYNC },
    authSecret: v.AUTH_SECRET,
    tokenEncryptionKeys: v.TOKEN_ENCRYPTION_KEYS,
    connectsAtOnce: v.CONNECTS_AT_ONCE,
    trustProxy: v.TRUST_PROXY,
    logRequests: v.LOG_REQUESTS ?? !isLocal,
    /** Where Prometheus asks, or null. */
    metrics: v.METRICS_PORT ? { port: v.METRICS_PORT, host: v.METRICS_HOST } : null,
    keepAliveMs: v.KEEP_ALIVE_SECONDS * 1000,
    stop: { delayMs: v.STOP_DELAY_SECONDS * 1000, graceMs: v.STOP_GRACE_SECONDS * 1000 },
    /**
     * Lower case; on this machine the sandbox's own administrator, where nothing else is said: elsewhere
     * anybody could be, by a password that is published.
     */
    adminEmails:
      v.ADMIN_EMAILS ?? (!external && isLocal && v.SANDBOX_ACCOUNTS !== false ? ["admin@example.com"] : []),
    /** Whether `adminEmails` is the default. It counts for callers on this machine only. */
    isDefaultAdmin: v.ADMIN_EMAILS === undefined,
    mail: {
      smtpUrl: v.SMTP_URL,
      connectFrom: v.CONNECT_MAIL_FROM,
      /** Whether mail reaches a person: by SMTP, or on the sandbox's page for kept mail. */
      isRead: v.SMTP_URL !== undefined || (!external && isLocal),
    },
    /** The sandbox, or null when Connect talks to another cloud. */
    sandbox: external
      ? null
      : {
          issuer,
          cookieKeys: v.LEGRAND_COOKIE_KEYS,
          accounts: v.SANDBOX_ACCOUNTS ?? isLocal,
          /** Whether the sandbox accounts sign in from everywhere, and not from this machine only. */
          accountsAreForEveryone: v.SANDBOX_ACCOUNTS === true,
          refreshOverlapSeconds: v.SANDBOX_REFRESH_OVERLAP_SECONDS,
          refreshMaxDays: v.SANDBOX_REFRESH_MAX_DAYS,
          authorizeMaxBytes: v.SANDBOX_AUTHORIZE_MAX_BYTES,
          mail: {
            from: v.MAIL_FROM,
            /** Whether a mail may carry a new client secret. */
            carriesSecret: v.MAIL_CLIENT_SECRET,
            /**
             * Whether there is a page for kept mail. It opens for callers on this machine, and with the link
             * that the start prints (lib/server/kept-mail.ts).
             */
            isReadable: isLocal && !v.SMTP_URL,
          },
        },
    /** The cloud that Connect is a client of. */
    legrand: {
      authorizeUrl: v.LEGRAND_AUTHORIZE_URL ?? `${issuer}/authorize`,
      tokenUrl: v.LEGRAND_TOKEN_URL ?? `${issuer}/token`,
      apiUrl: v.LEGRAND_API_URL ?? `${issuer}/api/smarther/v2.0`,
      /** The pinned issuer of another cloud; undefined if any is accepted. */
      issuer: v.LEGRAND_ISSUER,
      /** Null where Connect talks to a cloud of which no such address is set. */
      homeControlUrl: v.LEGRAND_HOME_CONTROL_URL ?? (external ? null : `${issuer}/api/hc/api/v1.0`),
      clientId: v.LEGRAND_CLIENT_ID,
      clientSecret: v.LEGRAND_CLIENT_SECRET,
      subscriptionKey:
        v.LEGRAND_SUBSCRIPTION_KEY ?? (external ? undefined : ownSubscriptionKey(v.LEGRAND_CLIENT_SECRET)),
      scopes: v.LEGRAND_SCOPES?.split(" ").filter(Boolean),
    },
  };
}

/** Whether a host name always leads to this machine (RFC 6761 §6.3). */
function isThisMachine(hostname: string): boolean {
  return /(?:^|\.)localhost\.?$/.test(hostname);
}

/**
 * Every process has the same one without keeping a further secret, and whoever reads it does not learn the
 * client secret.
 */
function ownSubscriptionKey(clientSecret: string): string {
  return Buffer.from(digest(`subscription-key:${clientSecret}`), "base64url")
    .toString("hex")
    .slice(0, 32);
}

/** What the environment says, read and checked once. */
export type Env = ReturnType<typeof readEnv>;

/** The environment is incomplete or wrong; `problems` has one sentence for each variable. */
export class EnvironmentError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

let cached: Env | undefined;

/** The checked environment. Throws `EnvironmentError` when a variable is missing or malformed. */
export function env(): Env {
  return (cached ??= readEnv());
}
