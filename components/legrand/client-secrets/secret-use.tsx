import { CheckboxRow } from "#components/ui/checkbox-row.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

type SecretUseProps = {
  secret: { lastCharacters: string; lastUsedAt: Date | null; expiresAt: Date };
  now: Date;
};

/** Says who still uses the secret, and so who would be refused. */
export function SecretUse({ secret: { lastCharacters, lastUsedAt, expiresAt }, now }: SecretUseProps) {
  return (
    <div className="grid gap-2">
      <p>
        It ends in <code>{lastCharacters}</code>, and cannot be restored.
      </p>
      {expiresAt <= now ? (
        <p>It has expired, so it is refused already.</p>
      ) : lastUsedAt ? (
        <p>
          Used <RelativeTime at={lastUsedAt} now={now} />. Once it is deleted, requests that still use it are
          refused.
        </p>
      ) : (
        <p>It was never used.</p>
      )}
    </div>
  );
}

/** Says that the only secret can be deleted only by suspending or deleting the application. */
export function OnlySecret({ path }: { path: string }) {
  return (
    <div className="grid gap-2">
      <p>
        <strong className="font-semibold">It is the only valid client secret.</strong> To replace it,{" "}
        <a href={path}>generate a new one first</a>; to stop the application,{" "}
        <a href={`${path}/suspend`}>suspend</a> or <a href={`${path}/delete`}>delete</a> it.
      </p>
      <CheckboxRow
        name="stop"
        value="yes"
        label="Suspend the application, and delete its only client secret"
      />
    </div>
  );
}
