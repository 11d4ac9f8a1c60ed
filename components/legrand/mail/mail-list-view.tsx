import { Button } from "#components/ui/button.tsx";
import { LineDrawing } from "#components/ui/drawing.tsx";
import { EmailField } from "#components/ui/email-field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { KeptMail } from "#lib/legrand/mail/kept-mail.ts";
import { KEPT_MAIL_DAYS, KEPT_MAIL_LIMIT, LISTED_MAIL_LIMIT } from "#lib/mail/mail-constants.ts";

type Props = { mails: KeptMail[]; to: string | null; now: Date };

/** Lists the mail of both parties, in place of a mailbox. */
export function MailListView({ mails, to, now }: Props) {
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="grid gap-2">
        <h1 className="text-xl">Mail</h1>
        <p className="max-w-text text-ink-muted">
          The mail of the sandbox and of Connect. It is kept here, and not sent, because <code>SMTP_URL</code>{" "}
          is not set. The newest {KEPT_MAIL_LIMIT} are kept, for {KEPT_MAIL_DAYS} days.
        </p>
      </div>
      <Notice tone="warning">
        <p className="max-w-text">
          Anyone who uses this machine can read this page without signing in. If other machines can reach the
          server, so can anyone with the link that it prints at start. The mails contain confirmation links
          and client secrets.
        </p>
      </Notice>
      {(mails.length > 0 || to) && <Filter to={to} />}
      {mails.length > 0 ? <MailList mails={mails} now={now} /> : <Empty to={to} />}
      {mails.length > 0 && <DeleteAll />}
    </div>
  );
}

function Filter({ to }: { to: string | null }) {
  return (
    <form action="/legrand/mail" className="flex flex-wrap items-end gap-3">
      <div className="w-full max-w-column">
        <EmailField label="Recipient" name="to" defaultValue={to ?? ""} autoComplete="off" />
      </div>
      <Button variant="secondary">Filter</Button>
      {to && (
        <a href="/legrand/mail" className="flex min-h-10 items-center pointer-coarse:min-h-11">
          Show all
        </a>
      )}
    </form>
  );
}

function MailList({ mails, now }: Pick<Props, "mails" | "now">) {
  return (
    <Plate>
      <ul aria-label="Mail" className="divide-y divide-border">
        {mails.map(({ id, subject, to, keptAt }) => (
          <li
            key={id}
            className="relative grid grid-cols-1 gap-x-5 px-5 py-3.5 transition-colors hover:bg-sunken sm:grid-cols-[1fr_auto]"
          >
            {/* The whole row is clickable. */}
            <a
              href={`/legrand/mail/${id}`}
              className="font-semibold wrap-anywhere after:absolute after:inset-0"
            >
              {subject || "(no subject)"}
            </a>
            <span className="text-sm text-ink-muted sm:text-right">
              <RelativeTime at={keptAt} now={now} />
            </span>
            <span className="text-sm wrap-anywhere text-ink-muted">To {to}</span>
          </li>
        ))}
      </ul>
      {mails.length === LISTED_MAIL_LIMIT && (
        <p className="border-t border-border px-5 py-3.5 text-sm text-ink-muted">
          These are the newest {LISTED_MAIL_LIMIT}.
        </p>
      )}
    </Plate>
  );
}

function Empty({ to }: { to: string | null }) {
  return (
    <Plate className="flex flex-wrap items-center gap-x-6 gap-y-3 p-5 sm:p-8">
      <LineDrawing name="no-mail" party="legrand" />
      <div className="min-w-0 flex-1 basis-64">
        <h2 className="text-md wrap-anywhere">{to ? `No mail to ${to}` : "No mail yet"}</h2>
        <p className="mt-1 max-w-text text-ink-muted">
          {to
            ? "Check the address, or show all."
            : "Create an account or register an application. The sandbox then sends you mail, which appears here a moment later."}
        </p>
      </div>
    </Plate>
  );
}

function DeleteAll() {
  return (
    <details>
      <summary className="inline-flex min-h-11 items-center text-danger underline underline-offset-3">
        Delete all mail
      </summary>
      <form method="post" action="/legrand/mail/delete" className="mt-2 flex flex-wrap items-center gap-4">
        <p className="max-w-text text-ink-muted">
          Links in the mails keep working. Deleted mail cannot be restored.
        </p>
        <Button variant="danger">Delete all mail</Button>
      </form>
    </details>
  );
}
