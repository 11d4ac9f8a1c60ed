import { QuestionPlate } from "#components/ui/question-plate.tsx";
import { TextAreaField } from "#components/ui/text-area-field.tsx";
import { REASON_MAX_LENGTH } from "#lib/connect/admin/actions/reason-schema.ts";

/** Asks before a refresh, and says what it does. */
export function RefreshQuestion({ href }: { href: string }) {
  return (
    <QuestionPlate
      action={`${href}/refresh/submit`}
      verb="Refresh now"
      isDanger={false}
      keep={{ word: "Do not refresh", href, autoFocus: true }}
    >
      <ul className="grid list-disc gap-2 pl-5">
        <li>Connect asks Legrand for new tokens now, although the access token may still work.</li>
        <li>If Legrand asked to wait, Connect waits: nothing is sent before that time.</li>
        <li>If Legrand no longer accepts the connection, the person is asked to connect again.</li>
      </ul>
      <p className="text-ink-muted">It takes ten seconds at most. No token is shown.</p>
    </QuestionPlate>
  );
}

type RevokeQuestionProps = {
  href: string;
  person: string;
  isLast: boolean;
  legrandCanBeTold: boolean;
  /** The address that receives a mail, or null if the person has no address. */
  email: string | null;
  typed: string;
  error: string | undefined;
};

/** Asks before a revocation: says what it does, and asks for the reason that the person will read. */
export function RevokeQuestion({
  href,
  person,
  isLast,
  legrandCanBeTold,
  email,
  typed,
  error,
}: RevokeQuestionProps) {
  return (
    <QuestionPlate action={`${href}/revoke/submit`} verb="Revoke" keep={{ word: "Keep it connected", href }}>
      <ul className="grid list-disc gap-2 pl-5">
        <li>
          Connect deletes the tokens of this account immediately, as if the person had disconnected it, and
          can no longer see their homes.
        </li>
        {legrandCanBeTold ? (
          <li>
            Connect tells Legrand to revoke them. If Legrand cannot be reached now, Connect keeps trying until
            it is done.
          </li>
        ) : (
          <li>Legrand offers no way to revoke them: the person must remove the access there too.</li>
        )}
        {isLast && (
          <li>
            It is the only connected account of {person}: they are signed out everywhere and lose their role,
            if they have one.
          </li>
        )}
        {email ? (
          <li>
            A mail with the reason goes to <span className="wrap-anywhere">{email}</span>.
          </li>
        ) : (
          <li>
            The account has no e-mail address, so the person sees the reason only on their account page.
          </li>
        )}
        <li>They can connect it again at any time.</li>
      </ul>
      <TextAreaField
        label="Reason"
        name="reason"
        rows={3}
        required
        defaultValue={typed}
        error={error}
        hint={`The person sees it on their account page and in the mail. At most ${REASON_MAX_LENGTH} characters.`}
      />
    </QuestionPlate>
  );
}

type SignOutQuestionProps = { href: string; person: string; sessions: number; isSelf: boolean };

/** Asks before signing a person out everywhere, and says what it does. */
export function SignOutQuestion({ href, person, sessions, isSelf }: SignOutQuestionProps) {
  return (
    <QuestionPlate
      action={`${href}/sign-out/submit`}
      verb="Sign out everywhere"
      keep={{ word: "Leave them signed in", href, autoFocus: true }}
    >
      <ul className="grid list-disc gap-2 pl-5">
        <li>
          {sessions === 1
            ? "The session"
            : sessions === 2
              ? "Both sessions"
              : `All ${sessions.toLocaleString("en")} sessions`}{" "}
          of {person} at Connect {sessions === 1 ? "ends" : "end"} at once{isSelf && ", including yours"}.
        </li>
        <li>Their Legrand accounts stay connected, and nothing changes at Legrand.</li>
        <li>They can sign in again at any time with one of their accounts.</li>
      </ul>
    </QuestionPlate>
  );
}
