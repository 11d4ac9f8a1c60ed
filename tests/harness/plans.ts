/** A statement and its execution plan: a node of EXPLAIN's JSON. */
export type LoggedPlan = { query: string; plan: PlanNode };
export type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Index Cond"?: string;
  Plans?: PlanNode[];
};

/**
 * Settings of a PostgreSQL server that can log the plan of every statement. It starts to log when `LOG_PLANS`
 * is run.
 */
export const PLAN_SETTINGS = [
  "session_preload_libraries=auto_explain",
  "auto_explain.log_format=json",
  "log_error_verbosity=terse",
];

/** Statements, for a superuser, that start and stop the logging of plans in every session. */
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
 * Statements that log plans for one database, in the sessions that start from now on. The plans reach the
 * client as notices.
 */
export const plansAsNotices = (database: string) =>
  [
    "session_preload_libraries = auto_explain",
    "auto_explain.log_format = json",
    "auto_explain.log_level = notice",
    "auto_explain.log_min_duration = 0",
  ].map((setting) => `ALTER DATABASE "${database}" SET ${setting}`);

/** Reads the plans from PostgreSQL's log. The lines of an entry after the first begin with a tab. */
export function readPlans(log: string): LoggedPlan[] {
  return [...log.matchAll(/plan:\n(?:\t.*\n)+/g)].flatMap(([entry]) => readPlan(entry) ?? []);
}

/**
 * Reads the plan from one entry of auto_explain. Returns null for any other entry, and for a statement that
 * was only explained and not executed.
 */
export function readPlan(entry: string): LoggedPlan | null {
  const json = entry.split(/plan:\n/)[1];
  if (!json) return null;
  const { "Query Text": query, Plan: plan } = JSON.parse(json) as { "Query Text": string; Plan: PlanNode };
  return /^\s*EXPLAIN\b/i.test(query) ? null : { query, plan };
}

/** A big table that a plan reads completely, and how: "Seq Scan", or an equivalent. */
export type WholeRead = { table: string; how: string };

/**
 * Returns the big tables that a plan reads completely: row by row, by blocks, or by an index scan without a
 * start condition and (below a LIMIT) without an end. A sequential scan that only a condition on the blocks
 * limits counts too.
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
 * Describes how a plan reads the big tables: one line for each, such as "Index Scan using
 * connect_account_pkey". Returns an empty list if it reads none.
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
