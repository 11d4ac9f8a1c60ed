import { UsernameForManager } from "#components/legrand/accounts/username-for-manager.tsx";
import { NoticeSummary } from "#components/legrand/notice-summary.tsx";
import { DifferenceList } from "#components/legrand/reply-urls/difference-list.tsx";
import { UrlComparison } from "#components/legrand/reply-urls/url-comparison.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { FormNotice } from "#lib/legrand/portal/form-notice.ts";
import type { DescribedQuestion } from "#lib/legrand/reply-url-requests/describe-question.ts";

type RegisterViewProps = { question: DescribedQuestion; notice: FormNotice | null };

/** Asks the developer whether a reply URL is to be registered, or says why it cannot be. */
export function RegisterView({ question, notice }: RegisterViewProps) {
  return (
    <div className="grid max-w-160 grid-cols-1 gap-5">
      <NoticeSummary notice={question.refusal === null ? notice : null} />
      <Plate as="section" className="grid grid-cols-1 gap-4 p-5 sm:p-8">
        {question.refusal === null ? (
          <Question {...question} error={notice?.fieldErrors?.current_password} />
        ) : (
          <Refusal {...question} />
        )}
      </Plate>
    </div>
  );
}

type QuestionProps = Extract<DescribedQuestion, { refusal: null }> & { error: string | undefined };

function Question(question: QuestionProps) {
  const { name, explained, keepHref, action, ticket, email, isPasswordNeeded, error } = question;
  // The link may be an attack, so the safe answer is the primary one.
  const isDoubtful = explained.warning !== null;
  return (
    <>
      <p className="max-w-text">
        Legrand may then send the authorization codes for{" "}
        <b className="font-semibold wrap-anywhere">{name}</b> to this URL too. Compare every character.
      </p>
      <UrlComparison {...explained} />
      <DifferenceList {...explained} cause={null} />
      <form method="post" action={action} noValidate className="grid grid-cols-1 gap-4">
        <input type="hidden" name="request" value={ticket} />
        {isPasswordNeeded && (
          <div className="sm:max-w-96">
            <UsernameForManager email={email} />
            <Field
              label="Current password"
              name="current_password"
              type="password"
              autoComplete="current-password"
              hint="You signed in more than 15 minutes ago."
              error={error}
              required
            />
          </div>
        )}
        <div className="flex flex-wrap gap-3">
          <Button variant={isDoubtful ? "secondary" : "primary"}>Register this reply URL</Button>
          <ButtonLink href={keepHref} variant={isDoubtful ? "primary" : "secondary"}>
            Do not register it
          </ButtonLink>
        </div>
        <p className="text-sm text-ink-subtle">
          The refused request then runs again from the start, with all its checks.
        </p>
      </form>
    </>
  );
}

type RefusalProps = { refusal: { sentence: string }; keepHref: string; name: string };

function Refusal({ refusal, keepHref, name }: RefusalProps) {
  return (
    <>
      <Notice tone="info">
        <p role="status">{refusal.sentence}</p>
      </Notice>
      <p className="max-w-text text-ink-muted">
        To try again, start from <span className="wrap-anywhere">{name}</span>, so that it sends a new
        request.
      </p>
      <div>
        <ButtonLink href={keepHref}>See the reply URLs</ButtonLink>
      </div>
    </>
  );
}
