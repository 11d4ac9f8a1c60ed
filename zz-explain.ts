import { randomUUID } from "node:crypto";
import { openPostgres } from "#lib/db/open.ts";
import { createDatabase, findPostgres, startPostgres } from "#tests/harness/postgres.ts";
Object.assign(process.env, { AUTH_SECRET: "x".repeat(32), TOKEN_ENCRYPTION_KEYS: `k:${Buffer.alloc(32).toString("base64")}`, LEGRAND_COOKIE_KEYS: "x".repeat(32), LEGRAND_CLIENT_SECRET: "s" });
const { auditPageSql } = await import("#lib/connect/admin/audit/list/store.ts");
const { parseAuditRequest } = await import("#lib/connect/admin/audit/list/list-schema.ts");
const pg = await startPostgres(findPostgres()!);
try {
  const { client, close } = await openPostgres(await createDatabase(pg.url, "explain"), (_s: string, w: any) => w());
  await client.$executeRawUnsafe(`INSERT INTO connect_audit_entry (at, request_id, actor_id, actor, action, outcome, target_type, target_id, target, address, detail)
    SELECT now() - (1000000 - i) * interval '1 minute', substr(md5(i::text),1,8), md5((i % CASE WHEN i % 100 = 0 THEN 5000 ELSE 20 END)::text)::uuid, 'admin' || (i % CASE WHEN i % 100 = 0 THEN 5000 ELSE 20 END) || '@example.com',
    (ARRAY['linked_account.revoke','linked_account.refresh','user.role','admin.enter'])[1 + (i % 997) % 4], CASE WHEN i % 500 = 0 THEN 'refused' ELSE 'done' END, 'linked_account', md5((i % 300000)::text)::uuid::text, 'x', '192.0.2.1', '{}' FROM generate_series(1, 1000000) i`);
  await client.$executeRawUnsafe(`INSERT INTO connect_user (id, name) SELECT gen_random_uuid(), 'x' FROM generate_series(1, 20000)`);
  await client.$executeRawUnsafe("VACUUM ANALYZE");
  for (const q of ["", "actor=admin3@example.com", "actor=admin4999", "actor=admin", `actor=${randomUUID()}`, "action=user.role", "outcome=refused", "outcome=failed", "target=abc", "request=12ab34cd", "from=2026-01-01&to=2026-01-31", "action=user.role&outcome=refused", "actor=admin7@&action=user.role&outcome=refused", "action=bulk_revocation.end", "older=2025-06-01T00:00:00.000Z~500000", "action=user.role&newer=2025-06-01T00:00:00.000Z~500000"]) {
    const parsed = parseAuditRequest(new URLSearchParams(q)); if (!parsed.ok) throw new Error(q + parsed.sentence);
    const sql = auditPageSql(parsed.request);
    const plan = await client.$queryRawUnsafe<{ "QUERY PLAN": string }[]>(`EXPLAIN (ANALYZE) ${sql.text}`, ...sql.values);
    const lines = plan.map((l) => l["QUERY PLAN"]);
    console.log(q || "(all)", "|", lines.filter((l) => /Seq Scan/.test(l)).join(";").slice(0, 100) || "no seq scan", "|", lines.filter((l) => /connect_audit_entry_/.test(l)).map((l) => l.trim().replace(/\(cost.*/, "")).join("; "), "|", lines.at(-1));
  }
  await close();
} finally { await pg.stop(); }
