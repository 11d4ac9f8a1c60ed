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

/** A list of `id:base64` with 32 bytes each, separated by commas. The first key encrypts, all decrypt. */
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
   * IP address that the server listens at. Default: loopback only if the origin is this machine, else every
   * interface.
   */
  HOST: host.optional(),
  /** Public origin: the issuer, every absolute URL and the callback are built on it. */
  ORIGIN: origin.optional(),
  /** Whether HSTS (the browser's rule to use https) also covers every subdomain of the origin's host. */
  HSTS_INCLUDE_SUBDOMAINS: flag.default(false),
  /** Folder of the embedded database, and of the secrets that the environment does not set. */
  DATA_DIR: z.string().default(".data"),
  /**
   * PostgreSQL connection string, with parameters that node-postgres reads. Default: the embedded database.
   */
  DATABASE_URL: postgresUrl.optional(),
  /**
   * Connects to the same database as the role that owns the schema. Migrations are applied with it, so
   * `DATABASE_URL` may be a role without that right.
   */
  DATABASE_MIGRATION_URL: postgresUrl.optional(),
  /** Maximum number of PostgreSQL connections of this process. */
  DATABASE_POOL_SIZE: wholeNumber(1, 500).default(10),
  /** PostgreSQL cancels a statement after this many seconds; 0: never. Set 0 for a pooler that refuses it. */
  DATABASE_STATEMENT_TIMEOUT_SECONDS: wholeNumber(0, 3600).default(60),
  /**
   * Whether PostgreSQL keeps the hot statements of a connection prepared. Set false for a pooler that gives
   * each transaction another session.
   */
  DATABASE_PREPARED_STATEMENTS: flag.default(true),
  /**
   * Whether the embedded database acknowledges a commit only when it is on the disk. Otherwise a power cut
   * may lose the last second.
   */
  DATABASE_SYNC: flag.default(false),
  /** Signs next-auth's cookies. */
  AUTH_SECRET: z.string("is missing").min(32, "must have at least 32 characters (openssl rand -base64 32)"),
  /** Encrypts tokens at rest, `id:base64,…`. */
  TOKEN_ENCRYPTION_KEYS: encryptionKeys,
  /** Signs the sandbox's cookies. Keys are separated by commas: the first signs, all verify. */
  LEGRAND_COOKIE_KEYS: z
    .string("is missing")
    .transform((value) => value.split(",").map((key) => key.trim()))
    .refine(
      (keys) => keys.every((key) => key.length >= 32),
      "must have at least 32 characters in each key (openssl rand -base64 32)",
    ),
  /** Connect's registration at the authorization server. */
  LEGRAND_CLIENT_ID: z.string().min(1).default("c0e2d1f4-6b7a-4f0e-9d3c-5a8b1e2f7c60"),
  /** Connect's client secret at the authorization server. */
  LEGRAND_CLIENT_SECRET: z.string("is missing").min(1),
  /**
   * Authorization endpoint. Set it together with the next two to use another cloud instead of the sandbox.
   */
  LEGRAND_AUTHORIZE_URL: url.optional(),
  /** Token endpoint. */
  LEGRAND_TOKEN_URL: url.optional(),
  /** Base of the API, without a trailing slash. */
  LEGRAND_API_URL: url.optional(),
  /**
   * The issuer that the other cloud must send wherever it sends one (`iss`, RFC 9207). If not set, any issuer
   * is accepted from a cloud without discovery.
   */
  LEGRAND_ISSUER: url.optional(),
  /**
   * Base of the Home + Control API, without a trailing slash. Only valid together with the three addresses
   * above. If not set, products of that API are not shown.
   */
  LEGRAND_HOME_CONTROL_URL: url.optional(),
  /**
   * Sent to the API as `Ocp-Apim-Subscription-Key`. Default with the sandbox: a key that the sandbox made for
   * Connect.
   */
  LEGRAND_SUBSCRIPTION_KEY: z.string().optional(),
  /**
   * The scopes that Connect requests, separated by spaces. The real cloud takes the scopes from the
   * registration.
   */
  LEGRAND_SCOPES: z.string().optional(),
  /**
   * E-mail addresses, separated by commas. A person who connects with one of them becomes an administrator of
   * Connect, once per address. The default applies only to callers on this machine.
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
   * Whether the four sandbox accounts exist, whose password is published. Default: if the origin is this
   * machine, and only for callers on this machine.
   */
  SANDBOX_ACCOUNTS: flag.optional(),
  /**
   * Seconds in which a spent refresh token still returns the answer of its refresh; 0: never. This is the
   * default of applications that chose no policy.
   */
  SANDBOX_REFRESH_OVERLAP_SECONDS: wholeNumber(0, 600).default(30),
  /**
   * Days after the person's consent at which a refresh token ends, however often it is renewed (ASVS 10.4.8).
   */
  SANDBOX_REFRESH_MAX_DAYS: wholeNumber(1, 3650).default(365),
  /**
   * Maximum size in bytes of an authorization request's parameters together. They are stored before the
   * person has signed in.
   */
  SANDBOX_AUTHORIZE_MAX_BYTES: wholeNumber(1024, 16_384).default(4096),
  /**
   * SMTP server for all mail, `smtp://user:password@host:587`. If not set, mail is kept in the data folder.
   */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, "must begin with smtp:// or smtps://")
    .optional(),
  /** Sender of the sandbox's mail. */
  MAIL_FROM: z.string().default("Legrand sandbox <sandbox@localhost>"),
  /** Sender of Connect's mail. */
  CONNECT_MAIL_FROM: z.string().default("Connect <connect@localhost>"),
  /** Whether a mail to the developer may contain a new client secret, as Legrand's does. */
  MAIL_CLIENT_SECRET: flag.default(true),
  /**
   * Number of connects that this process works on at once, from the button to the callback. Further users are
   * asked to wait.
   */
  CONNECTS_AT_ONCE: wholeNumber(1, 1000).default(8),
  /**
   * Whether the client's address is taken from the last `X-Forwarded-For` entry. Set it only behind a proxy
   * that sets that header.
   */
  TRUST_PROXY: flag.default(false),
  /** Whether each request is logged. Default: true, or false if the origin is this machine. */
  LOG_REQUESTS: flag.optional(),
  /** Port of the metrics. If not set, metrics are not served. */
  METRICS_PORT: wholeNumber(1, 65535).optional(),
  /** Address that the metrics port is bound to. It must not be public. */
  METRICS_HOST: z.string().default("127.0.0.1"),
  /**
   * Seconds that an idle connection stays open. It must be longer than a proxy in front keeps the connection,
   * which would otherwise send into a closed one.
   */
  KEEP_ALIVE_SECONDS: wholeNumber(1, 3600).default(75),
  /**
   * How long a stopping server goes on answering as before, so that a balancer notices that /readyz fails.
   */
  STOP_DELAY_SECONDS: wholeNumber(0, 300).default(0),
  /** How long a stop waits for requests in flight and for background work, not including the delay. */
  STOP_GRACE_SECONDS: wholeNumber(1, 3600).default(25),
});

/** The names of all variables that are read from the environment. */
export const SETTING_NAMES = Object.keys(schema.shape);

type Settings = z.output<typeof schema>;

function parseSettings(): Settings {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success)
    throw new EnvironmentError(
      parsed.error.issues.map((issue) => `${issue.path[0]?.toString()} ${issue.message}`),
    );
  return parsed.data;
}

/**
 * True if Connect talks to another cloud than the sandbox. Throws `EnvironmentError` if settings contradict
 * each other.
 */
function isExternal(v: Settings): boolean {
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
  return external > 0;
}

function readEnv() {
  const v = parseSettings();
  const external = isExternal(v);
  const publicOrigin = v.ORIGIN ?? `http://localhost:${v.PORT}`;
  const issuer = `${publicOrigin}/legrand`;
  const isHttps = publicOrigin.startsWith("https:");
  const { hostname } = new URL(publicOrigin);
  const isLocal = hostname === "localhost";
  return {
    port: v.PORT,
    /** The addresses to listen on. An empty list means every interface. */
    hosts: v.HOST ?? (isLocal ? LOOPBACK_ADDRESSES : []),
    origin: publicOrigin,
    isHttps,
    /**
     * Value of `Strict-Transport-Security`, or null. A browser applies it to every port of a host (RFC 6797
     * §8.3), so on this machine it would break a developer's other applications.
     */
    hsts:
      isHttps && !isThisMachine(hostname)
        ? `max-age=63072000${v.HSTS_INCLUDE_SUBDOMAINS ? "; includeSubDomains" : ""}`
        : null,
    /**
     * Whether the origin is this machine, under its only name here, localhost. Says nothing about a caller:
     * see `isOnThisMachine` (lib/http/this-machine.ts).
     */
    isLocal,
    /** Whether browsers treat the origin as potentially trustworthy (W3C Secure Contexts §3.1). */
    isTrustworthy: isHttps || isLocal,
    dataDir: v.DATA_DIR,
    databaseUrl: v.DATABASE_URL,
    /** Settings of PostgreSQL. */
    database: {
      migrationUrl: v.DATABASE_MIGRATION_URL,
      poolSize: v.DATABASE_POOL_SIZE,
      statementTimeoutMs: v.DATABASE_STATEMENT_TIMEOUT_SECONDS * 1000,
      preparesStatements: v.DATABASE_PREPARED_STATEMENTS,
    },
    /** Settings of the embedded database. */
    embedded: { waitsForDisk: v.DATABASE_SYNC },
    authSecret: v.AUTH_SECRET,
    tokenEncryptionKeys: v.TOKEN_ENCRYPTION_KEYS,
    connectsAtOnce: v.CONNECTS_AT_ONCE,
    trustProxy: v.TRUST_PROXY,
    logRequests: v.LOG_REQUESTS ?? !isLocal,
    /** Where Prometheus scrapes the metrics, or null. */
    metrics: v.METRICS_PORT ? { port: v.METRICS_PORT, host: v.METRICS_HOST } : null,
    keepAliveMs: v.KEEP_ALIVE_SECONDS * 1000,
    stop: { delayMs: v.STOP_DELAY_SECONDS * 1000, graceMs: v.STOP_GRACE_SECONDS * 1000 },
    /**
     * In lower case. The default is the sandbox's own administrator, and only on this machine: elsewhere any
     * caller could sign in as that account, because its password is published.
     */
    adminEmails:
      v.ADMIN_EMAILS ?? (!external && isLocal && v.SANDBOX_ACCOUNTS !== false ? ["admin@example.com"] : []),
    /** Whether `adminEmails` is the default. If so, it applies only to callers on this machine. */
    isDefaultAdmin: v.ADMIN_EMAILS === undefined,
    mail: {
      smtpUrl: v.SMTP_URL,
      connectFrom: v.CONNECT_MAIL_FROM,
      /** Whether mail reaches a person: by SMTP, or on the sandbox's page for kept mail. */
      isRead: v.SMTP_URL !== undefined || (!external && isLocal),
    },
    /** The sandbox, or null if Connect talks to another cloud. */
    sandbox: external ? null : readSandbox(v, issuer, isLocal),
    /** The cloud that Connect is a client of. */
    legrand: readLegrand(v, issuer, external),
  };
}

function readSandbox(v: Settings, issuer: string, isLocal: boolean) {
  return {
    issuer,
    cookieKeys: v.LEGRAND_COOKIE_KEYS,
    accounts: v.SANDBOX_ACCOUNTS ?? isLocal,
    /** Whether callers on other machines may also sign in to the sandbox accounts. */
    accountsAreForEveryone: v.SANDBOX_ACCOUNTS === true,
    refreshOverlapSeconds: v.SANDBOX_REFRESH_OVERLAP_SECONDS,
    refreshMaxDays: v.SANDBOX_REFRESH_MAX_DAYS,
    authorizeMaxBytes: v.SANDBOX_AUTHORIZE_MAX_BYTES,
    mail: {
      from: v.MAIL_FROM,
      /** Whether a mail may contain a new client secret. */
      carriesSecret: v.MAIL_CLIENT_SECRET,
      /**
       * Whether there is a page for kept mail. It opens for callers on this machine, and with the link that
       * the start prints (lib/server/front/kept-mail.ts).
       */
      isReadable: isLocal && !v.SMTP_URL,
    },
  };
}

function readLegrand(v: Settings, issuer: string, external: boolean) {
  return {
    authorizeUrl: v.LEGRAND_AUTHORIZE_URL ?? `${issuer}/authorize`,
    tokenUrl: v.LEGRAND_TOKEN_URL ?? `${issuer}/token`,
    apiUrl: v.LEGRAND_API_URL ?? `${issuer}/api/smarther/v2.0`,
    /** The issuer that another cloud must use, or undefined if any is accepted. */
    issuer: v.LEGRAND_ISSUER,
    /** Null if Connect talks to another cloud and this address is not set. */
    homeControlUrl: v.LEGRAND_HOME_CONTROL_URL ?? (external ? null : `${issuer}/api/hc/api/v1.0`),
    clientId: v.LEGRAND_CLIENT_ID,
    clientSecret: v.LEGRAND_CLIENT_SECRET,
    subscriptionKey:
      v.LEGRAND_SUBSCRIPTION_KEY ?? (external ? undefined : ownSubscriptionKey(v.LEGRAND_CLIENT_SECRET)),
    scopes: v.LEGRAND_SCOPES?.split(" ").filter(Boolean),
  };
}

/** True if a host name always leads to this machine (RFC 6761 §6.3). */
function isThisMachine(hostname: string): boolean {
  return /(?:^|\.)localhost\.?$/.test(hostname);
}

/**
 * Derives Connect's subscription key from its client secret. Every process gets the same key without storing
 * a further secret, and a reader of the key does not learn the client secret.
 */
function ownSubscriptionKey(clientSecret: string): string {
  return Buffer.from(digest(`subscription-key:${clientSecret}`), "base64url")
    .toString("hex")
    .slice(0, 32);
}

/** The settings, read from the environment and checked once. */
export type Env = ReturnType<typeof readEnv>;

/** Thrown if the environment is incomplete or wrong. `problems` has one sentence for each variable. */
export class EnvironmentError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

let cached: Env | undefined;

/** Returns the checked environment. Throws `EnvironmentError` if a variable is missing or malformed. */
export function env(): Env {
  return (cached ??= readEnv());
}
