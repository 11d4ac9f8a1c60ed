import { StartError } from "#lib/start-error.ts";

/** What a start connects to, for the messages below. Never has the password. */
type Target = { server: string; name: string; user: string; variable: string };

const cannotReach = ({ server, variable }: Target, code: string) =>
  `PostgreSQL at ${server} cannot be reached (${code}). Start it, or correct ${variable}.`;
const isRefused = ({ server, user, variable }: Target) =>
  `PostgreSQL at ${server} refuses the user ${user}: the password is wrong, or pg_hba.conf does not admit the user. Correct ${variable}.`;
const lacksRight = ({ name, user }: Target) =>
  `The user ${user} may not migrate the database ${name}. Set DATABASE_MIGRATION_URL to the owner of its schema (docs/deploy.md).`;
const distrusts = ({ server, variable }: Target, code: string) =>
  `The certificate of PostgreSQL at ${server} is not trusted (${code}). Name its certificate authority with sslrootcert in ${variable} (docs/deploy.md).`;
const isBusy = ({ server }: Target) =>
  `PostgreSQL at ${server} has no connection left for this process. Lower DATABASE_POOL_SIZE or raise max_connections, then start again.`;
const isStarting = ({ server }: Target) =>
  `PostgreSQL at ${server} is starting or stopping. Start again when it is ready.`;
const isForeign = ({ name, variable }: Target) =>
  `The database ${name} belongs to another application: it has tables that are not of Legrand Connect. Create a database for Legrand Connect alone, and name it in ${variable}.`;

/**
 * Messages by the error code of a system call (errno(3)), of TLS (openssl-verify), of PostgreSQL (appendix A
 * of its manual), or of Prisma's schema engine.
 */
const SENTENCES: Record<string, (target: Target, code: string) => string> = {
  ECONNREFUSED: cannotReach,
  ENOTFOUND: cannotReach,
  EAI_AGAIN: cannotReach,
  EHOSTUNREACH: cannotReach,
  ENETUNREACH: cannotReach,
  ECONNRESET: cannotReach,
  ETIMEDOUT: cannotReach,
  SELF_SIGNED_CERT_IN_CHAIN: distrusts,
  DEPTH_ZERO_SELF_SIGNED_CERT: distrusts,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: distrusts,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: distrusts,
  CERT_HAS_EXPIRED: distrusts,
  ERR_TLS_CERT_ALTNAME_INVALID: distrusts,
  "28P01": isRefused,
  "28000": isRefused,
  "42501": lacksRight,
  "53300": isBusy,
  "57P03": isStarting,
  P3005: isForeign,
  "3D000": ({ server, name, variable }) =>
    `PostgreSQL at ${server} has no database ${name}. Create it (CREATE DATABASE "${name}"), or correct ${variable}.`,
  P3009: ({ name }) =>
    `A migration of the database ${name} failed at an earlier start. Restore your backup from before the update, or repair the database and delete the failed row of _prisma_migrations.`,
};

/** Errors for which pg and Prisma have no code. */
const MESSAGES: [RegExp, (target: Target, code: string) => string][] = [
  [
    /^SASL: .*password must be/,
    ({ server, user, variable }) =>
      `PostgreSQL at ${server} asks for a password of the user ${user}. Add it to ${variable}.`,
  ],
  [
    /does not support SSL/,
    ({ server, variable }) =>
      `PostgreSQL at ${server} does not offer TLS. Turn it on there, or take sslmode out of ${variable}.`,
  ],
  [/timeout expired|connection timeout/i, (target) => cannotReach(target, "no answer in time")],
  [/^connect ENOENT/, (target) => cannotReach(target, "no such socket")],
  [/^ERROR: permission denied/, lacksRight],
];

/**
 * Returns the `StartError` for a failure at that address, which `variable` holds. Returns the error itself if
 * it is of another kind.
 */
export function explainPostgresFailure(error: unknown, url: string, variable: string): unknown {
  if (!(error instanceof Error) || error instanceof StartError) return error;
  const { code = "" } = error as NodeJS.ErrnoException;
  const sentence = SENTENCES[code] ?? MESSAGES.find(([pattern]) => pattern.test(error.message))?.[1];
  return sentence ? new StartError(sentence(parseTarget(url, variable), code), error) : error;
}

/** Returns the `StartError` for a database whose `_prisma_migrations` another application has written. */
export function foreignDatabase(url: string, variable: string): StartError {
  return new StartError(isForeign(parseTarget(url, variable)));
}

/** Returns the `StartError` for a database that stores text in that encoding. */
export function otherEncoding(url: string, variable: string, encoding: string): StartError {
  const { name } = parseTarget(url, variable);
  return new StartError(
    `The database ${name} has the encoding ${encoding}, which cannot store every name. Create it with UTF-8 (CREATE DATABASE "${name}" ENCODING 'UTF8' TEMPLATE template0), or name another one in ${variable}.`,
  );
}

function parseTarget(url: string, variable: string): Target {
  const { host, pathname, username } = URL.parse(url) ?? { host: "", pathname: "", username: "" };
  return {
    server: host || "the local socket",
    name: decodeURIComponent(pathname.slice(1)),
    user: decodeURIComponent(username),
    variable,
  };
}
