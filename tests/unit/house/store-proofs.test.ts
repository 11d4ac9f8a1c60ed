import { globSync, readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";

const STORES = globSync("lib/connect/admin/**/*store.ts").sort();
/**
 * Proofs, requests that contain one, the transaction of a function that took one, and the origin of an audit log
 * entry that is only written. `SignedInUser` is not among them: it proves nothing about other people.
 */
const PROOF =
  /^(?:AdminUser|Administrator|AdminUser \| "command"|BulkRequest|ExportRequest|RevocationRequest|RoleChange|AuditOrigin|Transaction)$/;
const EXCEPTION = /Takes\s+no\s+proof/;

const flatten = (comment: string) => comment.replace(/\s*\n\s*\*\s*/g, " ");

/** Returns the exported functions that may reach the database, take no proof and do not say why. */
function withoutProof(text: string): string[] {
  const source = ts.createSourceFile("store.ts", text, ts.ScriptTarget.Latest, true);
  return source.statements
    .filter(ts.isFunctionDeclaration)
    .filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .filter(({ body, type }) => isRead(body?.getText() ?? "", type?.getText() ?? "Promise"))
    .filter(({ parameters: [first] }) => !PROOF.test(first?.type?.getText() ?? ""))
    .filter((each) => !EXCEPTION.test(flatten(text.slice(each.getFullStart(), each.getStart()))))
    .map(({ name }) => name!.text);
}

/** A function that returns neither a promise nor a generator, such as one that builds SQL, cannot read. */
const isRead = (body: string, type: string) => /Promise|Generator/.test(type) || body.includes("database()");

test("the scan finds a read without a proof", () => {
  const text = `
    /** Counts. */ export async function countAll(at: Date): Promise<number> {}
    /** Finds. */ export function findOne(id: string) { return database().account.findUnique({ where: { id } }); }
    /** Sweeps. Takes no
     * proof: a background job. */ export async function sweep(): Promise<void> {}
    /** Lists. */ export function list(_admin: AdminUser, at: Date): Promise<number[]> {}
    /** Builds. */ export function filterSql(filter: Filter): Prisma.Sql {}`;
  expect(withoutProof(text)).toEqual(["countAll", "findOne"]);
});

test.each(STORES)(
  "%s: every read of other people's data takes a proof (HOUSE.md, Proofs are types)",
  (file) => {
    expect(withoutProof(readFileSync(file, "utf8"))).toEqual([]);
  },
);
