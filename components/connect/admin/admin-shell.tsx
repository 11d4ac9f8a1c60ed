import type { ReactNode } from "react";

import { SignOutForm } from "#components/connect/forms.tsx";
import { ConnectShell } from "#components/layout/connect-shell.tsx";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";

const PLACES = [
  { href: "/admin", word: "Overview" },
  { href: "/admin/linked-accounts", word: "Linked accounts" },
  { href: "/admin/bulk-revocations", word: "Bulk revocations" },
  { href: "/admin/audit", word: "Audit log" },
  { href: "/admin/roles", word: "Roles" },
] as const;

type AdminShellProps = { admin: AdminUser; current: (typeof PLACES)[number]["href"]; children: ReactNode };

/**
 * Lays out every page below /admin, with the administration's navigation. Tells an auditor that they can
 * change nothing.
 */
export function AdminShell({ admin, current, children }: AdminShellProps) {
  return (
    <ConnectShell signedIn={{ admin }} current="admin" signOut={<SignOutForm />}>
      <nav aria-label="Administration" className="-mt-4 mb-6 border-b border-border">
        <ul className="flex flex-wrap gap-x-5">
          {PLACES.map(({ href, word }) => (
            <li key={href}>
              {/* Only the current place has a border: forced colours would show a transparent one. */}
              <a
                href={href}
                aria-current={href === current ? "page" : undefined}
                className="flex min-h-11 items-center pb-0.5 text-sm font-medium text-ink-muted no-underline transition-colors hover:text-ink aria-[current=page]:border-b-2 aria-[current=page]:border-info aria-[current=page]:pb-0 aria-[current=page]:text-ink"
              >
                {word}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {admin.role === "auditor" && (
        <p className="mb-6 text-sm text-ink-muted">
          You are an auditor: you can read everything here and change nothing.
        </p>
      )}
      {children}
    </ConnectShell>
  );
}
