import type { ReactNode } from "react";

import { PortalHeading } from "#components/legrand/applications/portal-heading.tsx";
import { shortenAddress } from "#components/legrand/mail/shorten-address.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ReadableMail } from "#lib/legrand/mail/kept-mail.ts";

/** Shows one mail as text, as it was sent. Its HTML never becomes part of our page. */
export function MailView({ mail, now }: { mail: ReadableMail; now: Date }) {
  return (
    <div>
      <PortalHeading
        title={mail.subject || "(no subject)"}
        top={{ word: "All mail", href: "/legrand/mail" }}
      />
      <Plate as="article">
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 border-b border-border px-5 py-3 text-sm">
          <Row term="From">{mail.from}</Row>
          <Row term="To">{mail.to}</Row>
          <Row term="Sent">
            <RelativeTime at={mail.keptAt} now={now} />
          </Row>
        </dl>
        <p className="max-w-text p-5 wrap-anywhere whitespace-pre-wrap">
          {mail.pieces.map(({ text, path }, position) =>
            path ? (
              <a key={position} href={path} data-address={shortenAddress(text) === text ? undefined : text}>
                {shortenAddress(text)}
              </a>
            ) : (
              text
            ),
          )}
        </p>
      </Plate>
      <p className="mt-5">
        <ButtonLink variant="secondary" href={`/legrand/mail/${mail.id}/download`} download>
          Download as .eml
        </ButtonLink>
      </p>
    </div>
  );
}

function Row({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-muted">{term}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </>
  );
}
