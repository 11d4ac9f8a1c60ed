/** A statement and how the database went about it: a node of EXPLAIN's JSON. */
export type LoggedPlan = { query: string; plan: PlanNode };
export type PlanNode = { "Node Type": string; "Relation Name"?: string; "Index Name"?: string; "Index Cond"?: string; Plans?: PlanNode[] };

/** Settings of a PostgreSQL server that can log the plan of every statement, and does so when `LOG_PLANS` is run. */
export const PLAN_SETTINGS = ["session_preload_libraries=auto_explain", "auto_explain.log_format=json", "log_error_verbosity=terse"];

/** Statements, as a superuser, that begin and end the logging of plans in every session. */
export const LOG_PLANS = ["ALTER SYSTEM SET auto_explain.log_min_duration = 0", "SELECT pg_reload_conf()"];
export const STOP_LOGGING_PLANS = ["ALTER SYSTEM RESET auto_explain.log_min_duration", "SELECT pg_reload_conf()"];

/** Tables that grow with the linked accounts. */
const BIG = new Set(["connect_account", "connect_user", "connect_linked_account_event", "connect_audit_entry"]);

/** The same for one database and the sessions that begin there from now on: the plans come to the client, as notices. */
export const plansAsNotices = (database: string) => ["session_preload_libraries = auto_explain", "auto_explain.log_format = json", "auto_explain.log_level = notice", "auto_explain.log_min_duration = 0"]
  .map((setting) => `ALTER DATABASE "${database}" SET ${setting}`);

/** The plans in what PostgreSQL logged: the lines of an entry after the first begin with a tab. */
export function readPlans(log: string): LoggedPlan[] {
  return [...log.matchAll(/plan:\n(?:\t.*\n)+/g)].flatMap(([entry]) => readPlan(entry) ?? []);
}

/** The plan in one entry of auto_explain, or null in any other. What was only explained was not executed, and has none. */
export function readPlan(entry: string): LoggedPlan | null {
  const json = entry.split(/plan:\n/)[1];
  if (!json) return null;
  const { "Query Text": query, Plan: plan } = JSON.parse(json) as { "Query Text": string; Plan: PlanNode };
  return /^\s*EXPLAIN\b/i.test(query) ? null : { query, plan };
}

/** The names of the big tables that a plan reads from the first row to the last. */
export function scannedTables({ plan }: LoggedPlan): string[] {
  return nodesOf(plan).filter((node) => node["Node Type"] === "Seq Scan" && BIG.has(node["Relation Name"] ?? "")).map((node) => node["Relation Name"]!);
}

/** How a plan reads the big tables: one line for each, such as "Index Scan using connect_account_pkey". Empty where it reads none. */
export function keyLines({ plan }: LoggedPlan): string[] {
  return nodesOf(plan).filter((node) => node["Node Type"] === "Bitmap Index Scan" || BIG.has(node["Relation Name"] ?? ""))
    .filter((node) => node["Node Type"] !== "Bitmap Heap Scan" && node["Node Type"] !== "ModifyTable")
    .map((node) => (node["Index Name"] ? `${node["Node Type"]} using ${node["Index Name"]}` : `${node["Node Type"]} on ${node["Relation Name"]}`));
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
