import { ButtonLink } from "#components/ui/button.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ReadableMail } from "#lib/legrand/mail/kept-mail.ts";

/** Shows one mail as text, as it was sent. Its HTML never becomes part of our page. */
export function MailView({ mail, now }: { mail: ReadableMail; now: Date }) {
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="grid gap-1">
        <p>
          <a href="/legrand/mail" className="inline-flex min-h-6 items-center pointer-coarse:min-h-11">
            All mail
          </a>
        </p>
        <h1 className="text-xl wrap-anywhere">{mail.subject || "(no subject)"}</h1>
      </div>
      <Plate as="article">
        <DefinitionList
          rows={[
            { term: "From", value: <span className="wrap-anywhere">{mail.from}</span> },
            { term: "To", value: <span className="wrap-anywhere">{mail.to}</span> },
            { term: "Sent", value: <RelativeTime at={mail.keptAt} now={now} /> },
          ]}
        />
        <div className="border-t border-border p-5">
          <p className="max-w-text wrap-anywhere whitespace-pre-wrap">
            {mail.pieces.map(({ text, path }, position) =>
              path ? (
                <a key={position} href={path}>
                  {text}
                </a>
              ) : (
                text
              ),
            )}
          </p>
        </div>
      </Plate>
      <p>
        <ButtonLink variant="secondary" href={`/legrand/mail/${mail.id}/download`} download>
          Download as .eml
        </ButtonLink>
      </p>
    </div>
  );
}
