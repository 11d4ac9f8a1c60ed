/** Explains EXACT matching, so that developers do not learn it from a refusal. */
export function ReplyUrlsHints() {
  return (
    <div className="grid max-w-text gap-2 text-ink-muted">
      <p>
        Where people return after they allow or deny access: the <code>redirect_uri</code> of your
        authorization request. Add one to ten.
      </p>
      <p className="text-sm">
        URLs must match exactly, character by character, including trailing slashes, capital letters and
        ports. Plain http is allowed for this machine only, with its port:{" "}
        <code>http://localhost:3000/callback</code>.
      </p>
    </div>
  );
}
