/** Explains EXACT matching, so that developers do not learn it from a refusal. */
export function ReplyUrlsHints() {
  return (
    <div className="grid max-w-text gap-2 text-ink-muted">
      <p>
        Where the answer is sent after somebody allowed access or refused it: the <code>redirect_uri</code> of
        your authorization request. One to ten.
      </p>
      <p className="text-sm">
        It is compared exactly, character by character: a slash at the end, a capital letter or another port
        make another address. Plain http is for this machine only, with its port:{" "}
        <code>http://localhost:3000/callback</code>.
      </p>
    </div>
  );
}
