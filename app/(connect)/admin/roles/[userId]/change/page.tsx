import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { AdminShell } from "#components/connect/admin/admin-shell.tsx";
import { ROLE_VERBS, RoleQuestion } from "#components/connect/admin/roles/role-question.tsx";
import { PageHeading } from "#components/connect/page-heading.tsx";
import { isAdministrator } from "#lib/connect/users/admin-user.ts";
import { findPerson } from "#lib/connect/admin/roles/people.store.ts";
import { parseRole } from "#lib/connect/admin/roles/role-constants.ts";
import { requireAdmin } from "#lib/connect/auth/auth.ts";
import { readQueryValue, type PageQuery } from "#lib/http/read-query-value.ts";
import { isUuid } from "#lib/is-uuid.ts";

export const metadata: Metadata = { title: "Change a role" };

type Props = { params: Promise<{ userId: string }>; searchParams: PageQuery };

export default async function ChangeRolePage({ params, searchParams }: Props) {
  const admin = await requireAdmin();
  const { userId } = await params;
  const role = parseRole(await readQueryValue(searchParams, "role"));
  const person =
    isAdministrator(admin) && isUuid(userId) && role !== undefined ? await findPerson(admin, userId) : null;
  if (!person || role === undefined) notFound();
  const name = person.email ?? person.name ?? "this person";
  const wanted = role ?? "none";
  return (
    <AdminShell admin={admin} current="/admin/roles">
      <PageHeading
        title={
          wanted === "none"
            ? `Remove the role of ${name}?`
            : `${ROLE_VERBS[wanted].replace("Make ", `Make ${name} an `)}?`
        }
        above={[
          { word: "Roles", href: "/admin/roles" },
          { word: name, href: `/admin/roles/${userId}` },
        ]}
      />
      <RoleQuestion person={person} wanted={wanted} />
    </AdminShell>
  );
}
