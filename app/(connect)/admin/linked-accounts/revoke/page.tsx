import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { AdminShell } from "#components/connect/admin/admin-shell.tsx";
import { BulkQuestion } from "#components/connect/admin/actions/bulk-question.tsx";
import { PageHeading } from "#components/connect/page-heading.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { MessagePlate } from "#components/ui/message-page.tsx";
import { isAdministrator } from "#lib/connect/users/admin-user.ts";
import { askBulkRevocation } from "#lib/connect/admin/actions/ask-bulk-revocation.ts";
import { findBulkProblem, QUESTION_PATH } from "#lib/connect/admin/actions/submit-bulk-revocation.ts";
import { reasonNotice } from "#lib/connect/admin/actions/reason-notice.ts";
import { requireAdmin } from "#lib/connect/auth/auth.ts";
import { canRevoke } from "#lib/connect/cloud/can-revoke.ts";
import { answerPageWith } from "#lib/http/answer-page-with.ts";
import { readQuery, type PageQuery } from "#lib/http/read-query-value.ts";

export const metadata: Metadata = { title: "Revoke many" };

const LIST = { word: "Linked accounts", href: "/admin/linked-accounts" };

export default async function RevokeManyPage({ searchParams }: { searchParams: PageQuery }) {
  const admin = await requireAdmin();
  if (!isAdministrator(admin)) notFound();
  const query = await readQuery(searchParams);
  const asked = await askBulkRevocation(admin, query);
  if (!asked.ok) await answerPageWith(400);
  const question = asked.ok ? asked.question : null;
  const { count } = question ?? { count: null };
  const notice = count ? await reasonNotice(QUESTION_PATH).find() : null;
  const number = query.getAll("problem").includes("number") ? findBulkProblem("number")! : undefined;
  const problems = [...new Set(query.getAll("problem"))].map((name) => ({
    message: findBulkProblem(name),
    ...(name === "number" ? { href: "#number" } : {}),
  }));
  const errors = [
    ...problems.flatMap(({ message, ...rest }) => (message ? [{ message, ...rest }] : [])),
    ...(notice?.message ? [{ message: notice.message, href: "#reason" }] : []),
  ];
  return (
    <AdminShell admin={admin} current="/admin/linked-accounts">
      {question && count && count.amount > 0 ? (
        <>
          <PageHeading
            title={`Revoke ${count.isExact ? "" : "about "}${count.amount.toLocaleString("en")} ${count.amount === 1 ? "account" : "accounts"}?`}
            above={[{ ...LIST, href: question.listHref }]}
          />
          <div className="grid grid-cols-1 gap-5">
            {errors.length > 0 && <ErrorSummary title="Nothing was revoked yet" errors={errors} />}
            <BulkQuestion
              {...question}
              count={count}
              legrandCanBeTold={await canRevoke()}
              typed={notice?.typed ?? ""}
              errors={{ reason: notice?.message || undefined, number }}
            />
          </div>
        </>
      ) : (
        <MessagePlate
          title={asked.ok ? "There is nothing to revoke" : "Selection not found"}
          actions={
            <ButtonLink variant="secondary" href={question?.listHref ?? LIST.href}>
              Go to the linked accounts
            </ButtonLink>
          }
        >
          <p>
            {asked.ok
              ? count
                ? "None of these accounts is still connected."
                : "No account is selected. Tick some in the list first."
              : `${asked.sentence} Nothing was changed.`}
          </p>
        </MessagePlate>
      )}
    </AdminShell>
  );
}
