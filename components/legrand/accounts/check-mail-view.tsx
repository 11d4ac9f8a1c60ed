import { ButtonLink } from "#components/ui/button.tsx";
import { MessagePlate } from "#components/ui/message-page.tsx";
import { showEmail } from "#lib/email-address.ts";

type CheckMailViewProps = {
  /** The typed address, or undefined if it is no longer known. */
  email: string | undefined;
  /** The purpose of the mail's link, as the end of the sentence "Follow its link to …". */
  purpose: string;
  lifetime: string;
  again: { href: string; word: string };
  /** True if an address without an account gets no mail. Then the page says "if" to everyone. */
  isConditional?: boolean;
  /** True if the sandbox stores its mail on its own machine and sends none. */
  isMailKept: boolean;
  /** True if this person may read the stored mail. */
  canReadMail: boolean;
};

/** Shows the same page whether or not the address has an account. */
export function CheckMailView({
  email,
  purpose,
  lifetime,
  again,
  isConditional,
  isMailKept,
  canReadMail,
}: CheckMailViewProps) {
  const address = email ? (
    <b className="font-semibold wrap-anywhere text-ink">{showEmail(email)}</b>
  ) : (
    "the address that you entered"
  );
  const verb = isMailKept ? "wrote" : "sent";
  return (
    <MessagePlate
      edge="legrand"
      title="Check your mail"
      actions={
        canReadMail && (
          <ButtonLink href={email ? `/legrand/mail?to=${encodeURIComponent(email)}` : "/legrand/mail"}>
            Open the sandbox’s mail
          </ButtonLink>
        )
      }
    >
      <p>
        {isConditional ? (
          <>
            If {address} has a Legrand account, we {verb} a mail to it.
          </>
        ) : (
          <>
            We {verb} a mail to {address}.
          </>
        )}{" "}
        Follow its link to {purpose}; it works for {lifetime}.
      </p>
      {isMailKept && (
        <p>
          {canReadMail
            ? "The sandbox does not send mail. It keeps it in a mailbox on this machine, where you can read it."
            : "The sandbox does not send mail. It keeps it on the machine that it runs on: ask the person who runs it."}
        </p>
      )}
      <p>
        {isMailKept
          ? "Nothing there? Check the address, then"
          : "Nothing arrived? Check your spam folder, then"}{" "}
        <a href={again.href} className="text-ink">
          {again.word}
        </a>
        .
      </p>
    </MessagePlate>
  );
}
