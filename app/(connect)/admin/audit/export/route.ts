import { selectEntries } from "#lib/connect/admin/audit/select-entries.ts";
import { exportRoute } from "#lib/connect/admin/exports/export-route.ts";

export const GET = exportRoute("audit_log.export", selectEntries);
