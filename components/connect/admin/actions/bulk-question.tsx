import { Field } from "#components/ui/field.tsx";
import { QuestionPlate } from "#components/ui/question-plate.tsx";
import { TextAreaField } from "#components/ui/text-area-field.tsx";
import { REASON_MAX_LENGTH } from "#lib/connect/admin/actions/reason-schema.ts";

type BulkQuestionProps = {
  /**
   * The selection in words, how many accounts were ticked (null for a whole filter), and how many of them can
   * be revoked.
   */
  words: string;
  isAll: boolean;
  selected: number | null;
  count: { amount: number; isExact: boolean };
  /** The form's hidden fields. */
  fields: [string, string][];
  listHref: string;
  legrandCanBeTold: boolean;
  typed: string;
  errors: { reason?: string; number?: string };
};

/**
 * Asks before many accounts are revoked: says what it does, asks for the reason that the people will read,
 * and for a whole filter asks to type the number.
 */
export function BulkQuestion({
  words,
  isAll,
  selected,
  count,
  fields,
  listHref,
  legrandCanBeTold,
  typed,
  errors,
}: BulkQuestionProps) {
  const amount = count.amount.toLocaleString("en");
  return (
    <QuestionPlate
      action="/admin/linked-accounts/revoke/submit"
      verb={
        count.amount === 1 ? "Revoke 1 account" : `Revoke ${count.isExact ? "" : "about "}${amount} accounts`
      }
      keep={{ word: "Keep them connected", href: listHref }}
    >
      {fields.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <p className="wrap-anywhere">
        {selected !== null ? (
          <Selected amount={count.amount} of={selected} words={words} />
        ) : (
          <>
            <strong>
              {count.isExact ? "" : "About "}
              {amount} connected {count.amount === 1 ? "account" : "accounts"}
            </strong>
            : {words}.{!count.isExact && " Their exact number is counted when you confirm."} Accounts that are
            disconnected already are left out.
          </>
        )}
      </p>
      <Consequences isAll={isAll} legrandCanBeTold={legrandCanBeTold} />
      <TextAreaField
        label="Reason"
        name="reason"
        rows={3}
        required
        defaultValue={typed}
        error={errors.reason}
        hint={`The people will read it, on their account page and in the mail. At most ${REASON_MAX_LENGTH} characters.`}
      />
      {isAll && (
        <div className="max-w-60">
          <Field
            label="Number of accounts"
            name="number"
            required
            autoComplete="off"
            error={errors.number}
            hint={`Type ${amount} to confirm.`}
          />
        </div>
      )}
    </QuestionPlate>
  );
}

function Consequences({ isAll, legrandCanBeTold }: Pick<BulkQuestionProps, "isAll" | "legrandCanBeTold">) {
  return (
    <ul className="grid list-disc gap-2 pl-5">
      <li>
        Connect deletes their tokens, one account after the other, in the background. You see how far it is,
        and can stop it.
      </li>
      {legrandCanBeTold ? (
        <li>
          Connect tells Legrand to revoke them. If Legrand cannot be reached, Connect keeps trying until it is
          done.
        </li>
      ) : (
        <li>Legrand offers no way to revoke them: the people must remove the access there too.</li>
      )}
      <li>
        People without another connected account are signed out everywhere and lose their role, if they have
        one.
      </li>
      <li>
        Each person gets a mail with the reason, where the account has an address. They can connect again at
        any time.
      </li>
      {isAll && <li>Accounts that match only after you confirm are not revoked.</li>}
    </ul>
  );
}

function Selected({ amount, of, words }: { amount: number; of: number; words: string }) {
  if (amount === of)
    return (
      <>
        <strong>{words}</strong>.
      </>
    );
  return (
    <>
      <strong>
        {amount.toLocaleString("en")} of {words}
      </strong>
      . {of - amount === 1 ? "The other one is" : "The others are"} disconnected already, and left out.
    </>
  );
}
