import { Breakable } from "#components/ui/breakable.tsx";
import { QuestionPlate } from "#components/ui/question-plate.tsx";

type DeleteQuestionProps = {
  /** The names of the accounts that are connected now. */
  connected: string[];
  legrandCanBeTold: boolean;
};

/** Asks before a Connect account is deleted, and says what is deleted with it. */
export function DeleteQuestion({ connected, legrandCanBeTold }: DeleteQuestionProps) {
  return (
    <QuestionPlate
      action="/account/data/delete/submit"
      verb="Delete your Connect account"
      keep={{ word: "Keep your Connect account", href: "/account/data", autoFocus: true }}
    >
      <p>This cannot be undone. It takes effect immediately:</p>
      <ul className="grid list-disc gap-2 pl-5">
        {connected.length > 0 && (
          <li>
            <span className="wrap-anywhere">
              <Breakable>{new Intl.ListFormat("en").format(connected)}</Breakable>
            </span>{" "}
            {connected.length === 1 ? "is" : "are"} disconnected.{" "}
            {legrandCanBeTold
              ? "Connect tells Legrand to revoke the access. If Legrand cannot be reached now, Connect keeps trying until it is done, and keeps only the tokens for that."
              : "Legrand offers no way to revoke the access: remove the access of this application there too."}
          </li>
        )}
        <li>Your name, your connected and disconnected accounts, and their history are deleted here.</li>
        <li>You are signed out of Connect in every browser.</li>
        <li>
          The audit log keeps what administrators did with your accounts, including your{" "}
          <span className="whitespace-nowrap">e-mail</span> address.
        </li>
      </ul>
      <p className="text-ink-muted">
        Your Legrand accounts and your homes stay as they are. To keep a copy of what is stored,{" "}
        <a href="/account/data" className="whitespace-nowrap">
          download it
        </a>{" "}
        first.
      </p>
    </QuestionPlate>
  );
}
