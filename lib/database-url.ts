/**
 * Parameters of a connection string that node-postgres reads (pg-connection-string and pg's
 * connection-parameters.js).
 */
const READ = new Set([
  "host",
  "port",
  "user",
  "password",
  "application_name",
  "fallback_application_name",
  "client_encoding",
  "options",
  "ssl",
  "sslmode",
  "sslcert",
  "sslkey",
  "sslrootcert",
  "sslnegotiation",
  "uselibpqcompat",
  "statement_timeout",
  "lock_timeout",
  "idle_in_transaction_session_timeout",
  "query_timeout",
]);

const OWN_DATABASE =
  "create a database of its own for Legrand Connect (CREATE DATABASE), and name that database";

/**
 * Parameters that other programs read (first those of Prisma's own connector), each with its replacement
 * here.
 */
const REMEDIES: Readonly<Record<string, string>> = {
  schema: OWN_DATABASE,
  connection_limit: "set DATABASE_POOL_SIZE",
  pool_timeout: "remove it; a request waits 5 seconds for a connection",
  connect_timeout: "remove it; a connection attempt ends after 5 seconds",
  socket_timeout: "set DATABASE_STATEMENT_TIMEOUT_SECONDS",
  pgbouncer: "remove it; where the pooler refuses settings, set DATABASE_STATEMENT_TIMEOUT_SECONDS=0",
  statement_cache_size: "remove it; node-postgres has no statement cache",
  sslaccept: "use sslmode: verify-full, or no-verify",
  sslidentity: "use sslcert and sslkey",
  sslpassword: "use a key without a password in sslkey",
};

/**
 * Returns what is wrong with the parameters of a PostgreSQL address, or null if they are right. A parameter
 * that would be ignored is refused by name: with an ignored `schema`, the tables would be created among those
 * of another application (decision 37). Never repeats a value.
 */
export function findDatabaseUrlProblem(address: string): string | null {
  // Parsed as node-postgres does for an address whose host is given as a parameter.
  const parameters =
    (URL.parse(address) ?? URL.parse(address.replace("@/", "@localhost/")))?.searchParams ??
    new URLSearchParams();
  const ignored = [...parameters.keys()].find((name) => !READ.has(name));
  if (ignored !== undefined)
    return `must not have the parameter ${nameOf(ignored)}, which would be ignored: ${REMEDIES[ignored] ?? "remove it"}`;
  if (/search_path/i.test(parameters.get("options") ?? ""))
    return `must not set a search_path in its options: ${OWN_DATABASE}`;
  return null;
}

/** An address that was split incorrectly could have a secret in the position of a name. */
const nameOf = (parameter: string) => (/^\w{1,40}$/.test(parameter) ? parameter : "with that unusual name");
