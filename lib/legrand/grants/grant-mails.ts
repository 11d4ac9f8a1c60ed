import { now } from "#lib/clock.ts";
import type { Account } from "#lib/legrand/accounts/legrand-account.ts";
import { THIRD_PARTY_ACCESS } from "#lib/legrand/grants/third-party-path.ts";
import type { RevokedGrant } from "#lib/legrand/grants/store.ts";
import type { MailBlock } from "#lib/mail/mail.ts";
import { postMail } from "#lib/legrand/mail/post-mail.ts";
import { findScope, orderScopes } from "#lib/legrand/scopes.ts";

/** Who ended an access: the person, the application by a revocation, or we, because a spent code or token came back. */
export type EndedBy = "person" | "application" | "reuse";

const MOMENT = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

const LIST: MailBlock = { action: "Third-party access", href: THIRD_PARTY_ACCESS };

const facts = ({ name, vendor }: RevokedGrant["application"], when: string): MailBlock =>
  ({ values: { Application: name, "Made by": vendor, [when]: `${MOMENT.format(now())} UTC` } });

/** Tells the person that an application has access that had none: the mail goes on its way while their browser goes on. */
export function mailAccessGiven({ email }: Pick<Account, "email">, application: RevokedGrant["application"], scopes: readonly string[]): void {
  const labels = orderScopes(scopes).map((scope) => `– ${findScope(scope)?.label ?? scope}`);
  postMail({
    to: email, subject: `${application.name} has access to your Legrand home`,
    blocks: [
      `You allowed ${application.name} to access your Legrand home.`,
      facts(application, "Allowed"),
      ["It may:", ...labels].join("\n"),
      "You can take all of it back, or a part, at any time under Third-party access. If it was not you, do so now and change your password.",
      LIST,
    ],
  });
}

/** Tells the person that an application has lost its access, and who ended it. */
export function mailAccessEnded({ email, application }: RevokedGrant, by: EndedBy): void {
  const { happened, next } = ENDINGS[by](application.name);
  postMail({
    to: email, subject: `${application.name} has no access to your Legrand home any more`,
    blocks: [happened, facts(application, "Ended"), next, LIST],
  });
}

const ENDINGS: Record<EndedBy, (name: string) => { happened: string; next: string }> = {
  person: (name) => ({
    happened: `You removed the access of ${name} to your Legrand home. What it was given to get in with works no more.`,
    next: "What it has stored stays with it; ask there to have it deleted. If it was not you, change your password.",
  }),
  application: (name) => ({
    happened: `${name} gave back its access to your Legrand home, as an application does when you disconnect there.`,
    next: "You need not do anything. To use it with your home again, connect it again there.",
  }),
  reuse: (name) => ({
    happened: `We ended the access of ${name} to your Legrand home, because something that it could use only once came a second time. That may be a fault of the application, or somebody else had it.`,
    next: `To go on using ${name}, connect it again there. If this happens again, tell whoever makes it.`,
  }),
};
