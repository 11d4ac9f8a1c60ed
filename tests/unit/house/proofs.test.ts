import { ESLint } from "eslint";
import { beforeAll, expect, test } from "vitest";

const IMPORTS = `
import type { requireAdmin } from "#lib/connect/auth/auth.ts";
import type { AdminUser, AdminUser as Renamed, Administrator } from "#lib/connect/users/admin-user.ts";
import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";
import type { AccountId } from "#lib/legrand/accounts/account-id.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { ClientId } from "#lib/legrand/applications/client-id.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import type { GrantOf } from "#lib/legrand/grants/grant-of.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import type { DeviceAddress, SharedHomeId } from "#lib/legrand/smarther/shared-home.ts";
declare const value: unknown;
declare function take(admin: AdminUser): void;
declare function query<Row>(sql: TemplateStringsArray): Row;
type Alias = GrantOf;
`.trim();

/** Each line makes a proof without a check. */
const FORGED = [
  "value as SignedInUser;",
  "value as AdminUser;",
  "value as Administrator;",
  "value as LegrandAccount;",
  "value as OwnedApplication;",
  "value as Access;",
  "value as SharedHomeId;",
  "value as DeviceAddress;",
  "value as GrantOf;",
  "value as AccountId;",
  "value as ClientId;",
  "({}) as unknown as AdminUser;",
  "<AdminUser>value;",
  "value as Renamed;",
  "value as Alias;",
  "value as AdminUser | null;",
  "value as AdminUser[];",
  "value as [string, GrantOf];",
  "value as Promise<SignedInUser | null>;",
  "value as Record<string, Access>;",
  "value as () => LegrandAccount;",
  "value as Awaited<ReturnType<typeof requireAdmin>>;",
  "value as { admin: AdminUser };",
  "take({} as never);",
  "export const isTheirs = (found: unknown): found is OwnedApplication => found !== null;",
  "void query<OwnedApplication[]>`SELECT`;",
];

const HARMLESS = [
  "value as { userId: string };",
  "value as Pick<AdminUser, 'userId'>;",
  "value as { id: AccountId };",
  "export const names = ['a'] as const;",
  "export const show = (admin: AdminUser) => admin.label;",
];

const eslint = new ESLint({ ruleFilter: ({ ruleId }) => ruleId === "house/only-doors-make-proofs" });

/** Returns the lines that the rule reports, as if this were the text of that file of the project. */
async function reported(lines: string[], filePath: string): Promise<string[]> {
  const text = [IMPORTS, ...lines].join("\n");
  const [result] = await eslint.lintText(text, { filePath });
  return result!.messages.map(({ line }) => text.split("\n")[line - 1]!);
}

// The first call reads the types of the whole project.
beforeAll(async () => void (await reported([], "lib/connect/admin/admin-post.ts")), 300_000);

test("only the doors make proofs: every other file that makes one is reported (HOUSE.md, Proofs are types)", async () => {
  expect(await reported([...FORGED, ...HARMLESS], "lib/connect/admin/admin-post.ts")).toEqual(FORGED);
});

test("a door makes its own proof and no other", async () => {
  const lines = ["value as AdminUser;", "value as LegrandAccount;"];
  expect(await reported(lines, "lib/connect/auth/auth.ts")).toEqual(["value as LegrandAccount;"]);
  expect(await reported(lines, "lib/legrand/portal/session.ts")).toEqual(["value as AdminUser;"]);
});

test("tests make proofs in one factory", async () => {
  expect(await reported(FORGED, "tests/factories/make-proofs.ts")).toEqual([]);
  expect(await reported(FORGED.slice(0, 1), "tests/factories/make-admin.ts")).toEqual(FORGED.slice(0, 1));
});
