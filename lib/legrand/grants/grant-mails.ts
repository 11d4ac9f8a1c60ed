import { now } from "#lib/clock.ts";
import type { Account } from "#lib/legrand/accounts/legrand-account.ts";
import { THIRD_PARTY_ACCESS } from "#lib/legrand/grants/third-party-path.ts";
import type { HomesChange } from "#lib/legrand/grants/shared-homes.ts";
import type { GrantChange, RevokedGrant } from "#lib/legrand/grants/store.ts";
import type { MailBlock } from "#lib/mail/mail.ts";
import { postSandboxMail } from "#lib/legrand/mail/sandbox-mail.ts";
import { findScope, orderScopes } from "#lib/legrand/scopes.ts";

/**
 * Who ended an access: the person, the application by revoking it, or the server, because a spent code or
 * token was used again.
 */
export type EndedBy = "person" | "application" | "reuse";

const MOMENT = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

const LIST: MailBlock = { action: "Third-party access", href: THIRD_PARTY_ACCESS };

const facts = ({ name, vendor }: RevokedGrant["application"], when: string): MailBlock => ({
  values: { Application: name, "Made by": vendor, [when]: `${MOMENT.format(now())} UTC` },
});

/** Lists words under a title, one per line. Without a word, there is no list. */
const listOf = (title: string, words: readonly string[]): MailBlock[] =>
  words.length ? [[title, ...words.map((word) => `– ${word}`)].join("\n")] : [];

/** Lists scopes with the labels and in the order of the catalogue. */
const listScopes = (title: string, scopes: readonly string[]): MailBlock[] =>
  listOf(
    title,
    orderScopes(scopes).map((scope) => findScope(scope)?.label ?? scope),
  );

/**
 * Tells the person that an application without access now has access, and which homes it may see if the person
 * had a choice. The mail is sent in the background, so that the browser does not wait.
 */
export function mailAccessGiven(
  { email }: Pick<Account, "email">,
  application: RevokedGrant["application"],
  scopes: readonly string[],
  homes: readonly string[] = [],
): void {
  postSandboxMail({
    to: email,
    subject: `${application.name} has access to your Legrand home`,
    blocks: [
      `You allowed ${application.name} to access your Legrand home.`,
      facts(application, "Allowed"),
      ...listScopes("It can:", scopes),
      ...listOf("It can see:", homes),
      NOT_YOU,
      LIST,
    ],
  });
}

/**
 * Who changed an access: the person, by a decision, by taking back one scope or by choosing other homes, or
 * the developer, who no longer registers a scope.
 */
export type ChangedBy = "decision" | "take_back" | "homes" | "developer";

/** Tells the person what changed in an application's access. Sends nothing if nothing changed. */
export function mailAccessChanged(
  { email, application }: RevokedGrant,
  { added, removed }: Pick<GrantChange, "added" | "removed">,
  by: ChangedBy,
  homes: HomesChange = { added: [], removed: [] },
): void {
  const isWider = added.length + homes.added.length > 0;
  const isNarrower = removed.length + homes.removed.length > 0;
  if (!isWider && !isNarrower) return;
  const { happened, next } = CHANGES[by](application.name);
  postSandboxMail({
    to: email,
    subject: subjectOf(application.name, isWider, isNarrower),
    blocks: [
      happened,
      facts(application, "Changed"),
      ...listScopes("It can now also:", added),
      ...listScopes("It can no longer:", removed),
      ...listOf("It can now see:", homes.added),
      ...listOf("It can no longer see:", homes.removed),
      next,
      LIST,
    ],
  });
}

function subjectOf(name: string, isWider: boolean, isNarrower: boolean): string {
  if (isWider && isNarrower) return `The access of ${name} to your Legrand home has changed`;
  return `${name} has ${isWider ? "more" : "less"} access to your Legrand home`;
}

const NOT_YOU =
  "You can take back all or part of this access at any time under Third-party access. If it was not you, do so now and change your password.";

const CHANGES: Record<ChangedBy, (name: string) => { happened: string; next: string }> = {
  decision: (name) => ({
    happened: `You changed what ${name} may do with your Legrand home.`,
    next: NOT_YOU,
  }),
  take_back: (name) => ({
    happened: `You took back part of the access of ${name} to your Legrand home.`,
    next: `${name} may ask you for it again. ${NOT_YOU}`,
  }),
  homes: (name) => ({
    happened: `You changed which of your homes ${name} may see.`,
    next: NOT_YOU,
  }),
  developer: (name) => ({
    happened: `${name} gave up part of its access to your Legrand home: its developer no longer asks for it.`,
    next: "You do not need to do anything. If it asks for it again, you decide again.",
  }),
};

/** Tells the person that an application lost its access, and who ended it. */
export function mailAccessEnded({ email, application }: RevokedGrant, by: EndedBy): void {
  const { happened, next } = ENDINGS[by](application.name);
  postSandboxMail({
    to: email,
    subject: `${application.name} no longer has access to your Legrand home`,
    blocks: [happened, facts(application, "Ended"), next, LIST],
  });
}

const ENDINGS: Record<EndedBy, (name: string) => { happened: string; next: string }> = {
  person: (name) => ({
    happened: `You removed the access of ${name} to your Legrand home. Its access tokens no longer work.`,
    next: "Data that it has already stored is not deleted: ask its vendor to delete it. If it was not you, change your password.",
  }),
  application: (name) => ({
    happened: `${name} ended its access to your Legrand home, as happens when you disconnect in the application.`,
    next: "You do not need to do anything. To use it with your home again, connect it again in the application.",
  }),
  reuse: (name) => ({
    happened: `We ended the access of ${name} to your Legrand home, because a one-time code or token was used twice. This may be a fault in the application, or someone else may have had it.`,
    next: `To continue using ${name}, connect it again there. If this happens again, tell its developer.`,
  }),
};
