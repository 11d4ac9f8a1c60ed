import { Avatar } from "#components/ui/avatar.tsx";

/**
 * Submits a form to continue as one account. Below the name is the detail that distinguishes the accounts.
 */
export function AccountButton({ name, note }: { name: string; note: string }) {
  return (
    <button className="flex min-h-11 w-full cursor-pointer items-center gap-3 rounded-control px-3 py-1.5 text-left transition-colors hover:bg-sunken">
      <Avatar name={name} />
      <span className="min-w-0 flex-1">
        <span className="block">
          Continue as <b className="font-semibold">{name}</b>
        </span>
        <span className="block text-sm text-ink-muted">{note}</span>
      </span>
    </button>
  );
}
