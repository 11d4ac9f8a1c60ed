import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";

import { AdminShell } from "#components/connect/admin/admin-shell.tsx";
import { BulkQuestion } from "#components/connect/admin/actions/bulk-question.tsx";
import { PageHeading } from "#components/connect/page-heading.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { MessagePlate } from "#components/ui/message-page.tsx";
import { isAdministrator } from "#lib/connect/users/admin-user.ts";
import { withNothingSelected } from "#lib/connect/admin/accounts/nothing-selected.ts";
import { askBulkRevocation } from "#lib/connect/admin/actions/ask-bulk-revocation.ts";
import { findBulkProblem, QUESTION_PATH } from "#lib/connect/admin/actions/submit-bulk-revocation.ts";
import { reasonNotice } from "#lib/connect/admin/actions/reason-notice.ts";
import { requireAdmin } from "#lib/connect/auth/auth.ts";
import { canRevoke } from "#lib/connect/cloud/revoke.ts";
import { answerPageWith } from "#lib/http/answer-page-with.ts";
import { readQuery, type PageQuery } from "#lib/http/read-query-value.ts";

export const metadata: Metadata = { title: "Revoke many" };

const LIST = { word: "Linked accounts", href: "/admin/linked-accounts" };

export default async function RevokeManyPage({ searchParams }: { searchParams: PageQuery }) {
  const admin = await requireAdmin();
  if (!isAdministrator(admin)) notFound();
  const query = await readQuery(searchParams);
  const asked = await askBulkRevocation(admin, query);
  if (asked.ok && !asked.question) redirect(withNothingSelected(asked.listHref));
  if (!asked.ok) await answerPageWith(400);
  const [question, listHref] = asked.ok ? [asked.question, asked.listHref] : [null, LIST.href];
  const notice = question ? await reasonNotice(QUESTION_PATH).find() : null;
  const { errors, number } = describeProblems(query, notice?.message);
  return (
    <AdminShell admin={admin} current="/admin/linked-accounts">
      {question && question.count.amount > 0 ? (
        <>
          <PageHeading title={titleOf(question.count)} above={[{ ...LIST, href: listHref }]} />
          <div className="grid max-w-140 grid-cols-1 gap-5">
            {errors.length > 0 && <ErrorSummary title="Nothing was revoked yet" errors={errors} />}
            <BulkQuestion
              {...question}
              listHref={listHref}
              legrandCanBeTold={await canRevoke()}
              typed={notice?.typed ?? ""}
              errors={{ reason: notice?.message || undefined, number }}
            />
          </div>
        </>
      ) : (
        <NothingToRevoke
          sentence={
            asked.ok ? "None of these accounts is still connected." : `${asked.sentence} Nothing was changed.`
          }
          title={asked.ok ? "There is nothing to revoke" : "Selection not found"}
          listHref={listHref}
        />
      )}
    </AdminShell>
  );
}

const titleOf = ({ amount, isExact }: { amount: number; isExact: boolean }) =>
  `Revoke ${isExact ? "" : "about "}${amount.toLocaleString("en")} ${amount === 1 ? "account" : "accounts"}?`;

/** Returns what was wrong with the last answer to the question, for the summary and for the number's field. */
function describeProblems(query: URLSearchParams, reason: string | undefined) {
  const names = [...new Set(query.getAll("problem"))];
  const found = names.flatMap((name) => {
    const message = findBulkProblem(name);
    return message ? [{ message, ...(name === "number" ? { href: "#number" } : {}) }] : [];
  });
  return {
    errors: [...found, ...(reason ? [{ message: reason, href: "#reason" }] : [])],
    number: names.includes("number") ? findBulkProblem("number")! : undefined,
  };
}

function NothingToRevoke({ title, sentence, listHref }: Record<"title" | "sentence" | "listHref", string>) {
  return (
    <div className="max-w-140">
      <MessagePlate
        title={title}
        actions={
          <ButtonLink variant="secondary" href={listHref}>
            Go to the linked accounts
          </ButtonLink>
        }
      >
        <p>{sentence}</p>
      </MessagePlate>
    </div>
  );
}
