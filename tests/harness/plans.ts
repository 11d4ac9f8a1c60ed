/** A statement and how the database went about it: a node of EXPLAIN's JSON. */
export type LoggedPlan = { query: string; plan: PlanNode };
export type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Index Cond"?: string;
  Plans?: PlanNode[];
};

/**
 * Settings of a PostgreSQL server that can log the plan of every statement, and does so when `LOG_PLANS` is
 * run.
 */
export const PLAN_SETTINGS = [
  "session_preload_libraries=auto_explain",
  "auto_explain.log_format=json",
  "log_error_verbosity=terse",
];

/** Statements, as a superuser, that begin and end the logging of plans in every session. */
export const LOG_PLANS = ["ALTER SYSTEM SET auto_explain.log_min_duration = 0", "SELECT pg_reload_conf()"];
export const STOP_LOGGING_PLANS = [
  "ALTER SYSTEM RESET auto_explain.log_min_duration",
  "SELECT pg_reload_conf()",
];

/** Tables that grow with the linked accounts. */
const BIG = new Set([
  "connect_account",
  "connect_user",
  "connect_linked_account_event",
  "connect_audit_entry",
]);

/**
 * The same for one database and the sessions that begin there from now on: the plans come to the client, as
 * notices.
 */
export const plansAsNotices = (database: string) =>
  [
    "session_preload_libraries = auto_explain",
    "auto_explain.log_format = json",
    "auto_explain.log_level = notice",
    "auto_explain.log_min_duration = 0",
  ].map((setting) => `ALTER DATABASE "${database}" SET ${setting}`);

/** The plans in what PostgreSQL logged: the lines of an entry after the first begin with a tab. */
export function readPlans(log: string): LoggedPlan[] {
  return [...log.matchAll(/plan:\n(?:\t.*\n)+/g)].flatMap(([entry]) => readPlan(entry) ?? []);
}

/**
 * The plan in one entry of auto_explain, or null in any other. What was only explained was not executed, and
 * has none.
 */
export function readPlan(entry: string): LoggedPlan | null {
  const json = entry.split(/plan:\n/)[1];
  if (!json) return null;
  const { "Query Text": query, Plan: plan } = JSON.parse(json) as { "Query Text": string; Plan: PlanNode };
  return /^\s*EXPLAIN\b/i.test(query) ? null : { query, plan };
}

/**
 * A big table that a plan reads from the first row to the last, and how: "Seq Scan", or in another disguise.
 */
export type WholeRead = { table: string; how: string };

/**
 * The big tables that a plan reads whole: row by row, by blocks, or by an index that is told neither where to
 * begin nor (below a LIMIT) when to end. What only a condition on the blocks keeps from being a sequential
 * scan is in here, too.
 */
export function wholeReads({ plan }: LoggedPlan): WholeRead[] {
  return readsBelow(plan, false);
}

function readsBelow(node: PlanNode, isLimited: boolean): WholeRead[] {
  const [how, table] = [node["Node Type"], node["Relation Name"] ?? ""];
  const isWhole =
    ["Seq Scan", "Tid Range Scan", "Sample Scan"].includes(how) ||
    (["Index Scan", "Index Only Scan"].includes(how) && !node["Index Cond"] && !isLimited);
  const below = (node.Plans ?? []).flatMap((child) => readsBelow(child, isLimited || how === "Limit"));
  return isWhole && BIG.has(table) ? [{ table, how }, ...below] : below;
}

/**
 * How a plan reads the big tables: one line for each, such as "Index Scan using connect_account_pkey". Empty
 * where it reads none.
 */
export function keyLines({ plan }: LoggedPlan): string[] {
  return nodesOf(plan)
    .filter((node) => node["Node Type"] === "Bitmap Index Scan" || BIG.has(node["Relation Name"] ?? ""))
    .filter((node) => node["Node Type"] !== "Bitmap Heap Scan" && node["Node Type"] !== "ModifyTable")
    .map((node) =>
      node["Index Name"]
        ? `${node["Node Type"]} using ${node["Index Name"]}`
        : `${node["Node Type"]} on ${node["Relation Name"]}`,
    );
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
