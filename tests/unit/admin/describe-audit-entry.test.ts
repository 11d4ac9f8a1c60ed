import { expect, test } from "vitest";

import { describeAuditEntry } from "#lib/connect/admin/audit/describe-audit-entry.ts";

test("the details of an entry end with the id of its bulk revocation, because it is the same in many rows", () => {
  const row = {
    action: "linked_account.revoke_outcome",
    outcome: "done",
    address: "",
    detail: { bulk: "217286e0", mail: "sent", legrand: "revoked", left: 0 },
  };
  expect(describeAuditEntry(row as never).details).toEqual([
    "Mail: sent",
    "At Legrand: revoked",
    "Left: 0",
    "Bulk revocation: 217286e0",
  ]);
});
