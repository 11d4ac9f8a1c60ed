import { describe, expect, test } from "vitest";

import { findDatabaseUrlProblem } from "#lib/database-url.ts";

const ADDRESS = "postgresql://connect:s3cret-pa55@db.example:5432/connect";

describe("accepts the parameters of DATABASE_URL that node-postgres reads (decision 37)", () => {
  test.each([
    "",
    "?sslmode=verify-full&sslrootcert=/etc/ssl/ca.pem",
    "?sslcert=/c.pem&sslkey=/k.pem",
    "?ssl=true",
    "?sslmode=require&uselibpqcompat=true",
    "?application_name=connect&fallback_application_name=c",
    "?host=/var/run/postgresql&port=5433",
    "?options=-c%20work_mem%3D64MB",
    "?statement_timeout=1000&lock_timeout=1000&idle_in_transaction_session_timeout=1000&query_timeout=1000",
    "?client_encoding=UTF8",
    "?sslnegotiation=direct",
  ])("%s", (parameters) => {
    expect(findDatabaseUrlProblem(ADDRESS + parameters)).toBeNull();
    expect(findDatabaseUrlProblem(`postgresql://connect:s3cret-pa55@/connect${parameters}`)).toBeNull();
  });
});

describe("refuses a parameter that would be ignored, by name and with its replacement (issue 10, 24)", () => {
  test.each([
    ["schema=legrand", "schema", "database of its own"],
    ["connection_limit=5", "connection_limit", "DATABASE_POOL_SIZE"],
    ["pool_timeout=5", "pool_timeout", "remove it"],
    ["connect_timeout=5", "connect_timeout", "remove it"],
    ["socket_timeout=5", "socket_timeout", "DATABASE_STATEMENT_TIMEOUT_SECONDS"],
    ["pgbouncer=true", "pgbouncer", "DATABASE_STATEMENT_TIMEOUT_SECONDS=0"],
    ["statement_cache_size=0", "statement_cache_size", "remove it"],
    ["sslaccept=strict", "sslaccept", "sslmode"],
    ["sslidentity=i", "sslidentity", "sslcert"],
    ["sslpassword=p", "sslpassword", "sslkey"],
    ["sslmode=require&Schema=legrand", "Schema", "remove it"],
    ["channel_binding=require", "channel_binding", "remove it"],
  ])("%s", (parameters, name, remedy) => {
    const problem = findDatabaseUrlProblem(`${ADDRESS}?${parameters}`);
    expect(problem).toMatch(
      new RegExp(`^must not have the parameter ${name}, which would be ignored: .*${remedy}`),
    );
    expect(findDatabaseUrlProblem(`postgresql://connect:s3cret-pa55@/connect?${parameters}`)).toBe(problem);
  });

  test("refuses a search_path in the options, which would put the tables into a schema that the migrations do not read", () => {
    expect(findDatabaseUrlProblem(`${ADDRESS}?options=-c%20search_path%3Dlegrand`)).toMatch(
      /^must not set a search_path .* database of its own/,
    );
  });

  test("no message repeats a value, nor a name that may be one", () => {
    for (const address of [
      `${ADDRESS}?schema=hunter2`,
      `${ADDRESS}?hunter2-is-the-password%21`,
      "postgresql://connect:pass?hunter2%2F@db.example/connect",
    ]) {
      expect(String(findDatabaseUrlProblem(address))).not.toMatch(/hunter2|s3cret/);
    }
  });
});
