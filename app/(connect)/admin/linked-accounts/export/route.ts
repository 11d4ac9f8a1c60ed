import { exportRoute } from "#lib/connect/admin/exports/export-route.ts";
import { selectAccounts } from "#lib/connect/admin/accounts/select-accounts.ts";

export const GET = exportRoute("linked_account.export", selectAccounts);
