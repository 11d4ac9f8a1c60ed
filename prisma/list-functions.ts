/** Runs one statement and returns its rows. */
export type RunStatement = <Row>(sql: string) => Promise<Row[]>;

/** A function or procedure of a database. */
export type SqlFunction = {
  name: string;
  /** With the types of its parameters, as DROP ROUTINE expects it. */
  signature: string;
  /** The statement that makes it, in PostgreSQL's own spelling. */
  definition: string;
  /** True if the current transaction created or replaced it. */
  isWritten: boolean;
};

// pg_get_functiondef refuses aggregates. The members of an extension belong to the extension.
const FUNCTIONS = `
  SELECT p.proname::text AS name, p.oid::regprocedure::text AS signature, pg_get_functiondef(p.oid) AS definition,
    p.xmin = pg_current_xact_id()::xid AS "isWritten"
  FROM pg_proc p
  WHERE p.pronamespace = 'public'::regnamespace AND p.prokind <> 'a' AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  ORDER BY p.proname, p.oid::regprocedure::text`;

/** Returns the functions and procedures of the schema `public`, by name. */
export function listFunctions(run: RunStatement): Promise<SqlFunction[]> {
  return run<SqlFunction>(FUNCTIONS);
}
