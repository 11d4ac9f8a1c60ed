import { Button } from "#components/ui/button.tsx";
import { CheckboxRow } from "#components/ui/checkbox-row.tsx";

type AskForMoreFormProps = {
  action: string;
  accountId: string;
  scopes: { name: string; label: string }[];
};

export function AskForMoreForm({ action, accountId, scopes }: AskForMoreFormProps) {
  if (scopes.length === 0) return null;
  return (
    <form method="post" action={action}>
      <input type="hidden" name="account" value={accountId} />
      <fieldset className="min-w-0">
        <legend className="text-md">Ask for more</legend>
        <p className="mt-1 mb-2 text-sm text-ink-muted">
          Legrand will ask you about the new permissions only.
        </p>
        {scopes.map(({ name, label }) => (
          <CheckboxRow key={name} name="scope" value={name} label={label} />
        ))}
      </fieldset>
      <Button variant="secondary" className="mt-3">
        Ask for more access
      </Button>
    </form>
  );
}
