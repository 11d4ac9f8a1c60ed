import { QuestionPlate } from "#components/ui/question-plate.tsx";

type DisconnectQuestionProps = {
  id: string;
  /** True if it is the only connected account. */
  isLast: boolean;
  /** True if the cloud has a revocation endpoint. The sandbox has one, the real cloud documents none. */
  legrandCanBeTold: boolean;
};

/** Asks before an account is disconnected, and says what happens then. */
export function DisconnectQuestion({ id, isLast, legrandCanBeTold }: DisconnectQuestionProps) {
  return (
    <QuestionPlate
      action="/account/disconnect"
      verb="Disconnect"
      keep={{ word: "Keep it connected", href: "/account", autoFocus: true }}
    >
      <input type="hidden" name="id" value={id} />
      <ul className="grid list-disc gap-2 pl-5">
        <li>Connect deletes its tokens immediately and can no longer see your homes.</li>
        {legrandCanBeTold ? (
          <li>
            Connect tells Legrand to revoke them. If Legrand cannot be reached now, Connect keeps trying until
            it is done.
          </li>
        ) : (
          <li>Legrand offers no way to revoke them: remove the access of this application there too.</li>
        )}
        <li>Your homes, your devices and your Legrand account stay as they are.</li>
        {isLast && <li>It is your only connected account, so you are signed out of Connect.</li>}
      </ul>
      <p className="text-ink-muted">
        You can connect it again at any time. Until then, Connect keeps the name and address of this account,
        and its dates and permissions.{" "}
        <a href="/account/data" className="whitespace-nowrap">
          See what is stored
        </a>
        , or delete all of it there.
      </p>
    </QuestionPlate>
  );
}
