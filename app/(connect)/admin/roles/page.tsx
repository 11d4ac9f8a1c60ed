import type { Metadata } from "next";

import { AdminShell } from "#components/connect/admin/admin-shell.tsx";
import { FindPersonForm } from "#components/connect/admin/roles/find-person-form.tsx";
import { PeopleTable } from "#components/connect/admin/roles/people-table.tsx";
import { RoleMeanings } from "#components/connect/admin/roles/role-meanings.tsx";
import { OutcomeNotice } from "#components/ui/outcome-notice.tsx";
import { now } from "#lib/clock.ts";
import { isAdministrator } from "#lib/connect/users/admin-user.ts";
import { describeRoleOutcome } from "#lib/connect/admin/roles/describe-role-outcome.ts";
import { findPeople, listPeopleWithRoles } from "#lib/connect/admin/roles/people.store.ts";
import { parsePersonSearch } from "#lib/connect/admin/roles/search-schema.ts";
import { requireAdmin } from "#lib/connect/auth/auth.ts";
import { answerPageWith } from "#lib/http/answer-page-with.ts";
import { readQuery, type PageQuery } from "#lib/http/read-query-value.ts";

export const metadata: Metadata = { title: "Roles" };

export default async function RolesPage({ searchParams }: { searchParams: PageQuery }) {
  const admin = await requireAdmin();
  const query = await readQuery(searchParams);
  const search = parsePersonSearch(query);
  if (!search.ok) await answerPageWith(400);
  const wanted = search.ok ? search.wanted : null;
  const [{ people, isWhole }, outcome, found] = [
    await listPeopleWithRoles(admin),
    await describeRoleOutcome(admin, query),
    wanted === null ? null : await findPeople(admin, wanted),
  ];
  return (
    <AdminShell admin={admin} current="/admin/roles">
      <div className="grid grid-cols-1 gap-6">
        <div>
          <h1 className="text-xl">Roles</h1>
          <p className="max-w-text text-ink-muted">
            A role opens the administration to a person. Open a person to change their role. A change signs
            them out everywhere.
          </p>
        </div>
        {!search.ok && <OutcomeNotice tone="warning">{search.sentence}</OutcomeNotice>}
        {outcome && <OutcomeNotice tone={outcome.tone}>{outcome.text}</OutcomeNotice>}
        <RoleMeanings />
        <PeopleTable people={people} caption="People with a role" now={now()} me={admin.userId} />
        {!isWhole && (
          <p className="text-sm text-ink-muted">
            These are the first {people.length}. Find other people below.
          </p>
        )}
        <section className="grid grid-cols-1 gap-4">
          <div>
            <h2 className="text-md">
              {isAdministrator(admin) ? "Give a role to a person" : "Find a person"}
            </h2>
            <p className="max-w-text text-sm text-ink-muted">
              The person must have connected an account. Only exact matches are found, so that a similar
              address cannot receive the role.
            </p>
          </div>
          <FindPersonForm typed={wanted ?? ""} />
          {found && found.length > 0 && (
            <PeopleTable people={found} caption="People found" now={now()} me={admin.userId} />
          )}
          {found?.length === 0 && (
            <p className="wrap-anywhere text-ink-muted">
              No connected account has the e-mail address or Legrand id “{wanted}”. They have to connect
              first.
            </p>
          )}
        </section>
      </div>
    </AdminShell>
  );
}
