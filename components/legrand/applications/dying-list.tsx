type DyingListProps = {
  dependents: { people: number; tokens: number; secrets: number; replyUrls: number };
  /** The address that suspends the application instead, or null if it is already suspended. */
  suspend: string | null;
};

const count = (number: number, one: string, many: string) =>
  number === 1 ? `1 ${one}` : `${number.toLocaleString("en")} ${many}`;

/** Lists what is deleted with an application, in numbers, and leaves out zeros. */
export function DyingList({ dependents: { people, tokens, secrets, replyUrls }, suspend }: DyingListProps) {
  return (
    <>
      <p>This cannot be undone. It immediately deletes:</p>
      <ul className="grid list-disc gap-2 pl-5">
        {people > 0 && (
          <li>
            the access of {count(people, "person", "people")}, who would have to grant it again to another
            application
          </li>
        )}
        {tokens > 0 && <li>{count(tokens, "valid token", "valid tokens")}</li>}
        <li>
          its client ID, {count(secrets, "client secret", "client secrets")},{" "}
          {count(replyUrls, "reply URL", "reply URLs")} and its history
        </li>
      </ul>
      {suspend && (
        <p className="text-ink-muted">
          To stop it and keep everything, <a href={suspend}>suspend it</a> instead.
        </p>
      )}
    </>
  );
}
