import type { Metadata } from "next";

import { AdminShell } from "#components/connect/admin/admin-shell.tsx";
import { PersonView } from "#components/connect/admin/roles/person-view.tsx";
import { PageHeading } from "#components/connect/page-heading.tsx";
import { now } from "#lib/clock.ts";
import { isAdministrator } from "#lib/connect/users/admin-user.ts";
import { findPerson } from "#lib/connect/admin/roles/people.store.ts";
import { requireAdmin } from "#lib/connect/auth/auth.ts";
import { answerPageWith } from "#lib/http/answer-page-with.ts";
import { isUuid } from "#lib/is-uuid.ts";

export const metadata: Metadata = { title: "Role" };

const ABOVE = [{ word: "Roles", href: "/admin/roles" }];

export default async function PersonPage({ params }: { params: Promise<{ userId: string }> }) {
  const admin = await requireAdmin();
  const { userId } = await params;
  const person = isUuid(userId) ? await findPerson(admin, userId) : null;
  if (!person) await answerPageWith(404);
  const can = !isAdministrator(admin) ? "only_read" : admin.userId === userId ? "own_role" : "change";
  return (
    <AdminShell admin={admin} current="/admin/roles">
      <PageHeading
        title={
          person
            ? `Role of ${person.email ?? person.name ?? "a person without a name"}`
            : "This person no longer exists"
        }
        above={ABOVE}
      />
      {person ? (
        <PersonView person={person} now={now()} can={can} />
      ) : (
        <p className="text-ink-muted">
          They deleted their Connect account, or the address was mistyped.{" "}
          <a href={`/admin/audit?${new URLSearchParams({ target: userId })}`}>The audit log</a> keeps what was
          done.
        </p>
      )}
    </AdminShell>
  );
}
