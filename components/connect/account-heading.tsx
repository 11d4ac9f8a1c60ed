import { ConnectAnotherForm } from "#components/connect/forms.tsx";

/** Shows the title of the account page, and what concerns all accounts of a person. */
export function AccountHeading({ canConnectAnother }: { canConnectAnother: boolean }) {
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
      <h1 className="flex-1 text-xl whitespace-nowrap">Connected account</h1>
      <a
        href="/account/data"
        className="inline-flex min-h-6 items-center font-medium whitespace-nowrap print:hidden pointer-coarse:min-h-11"
      >
        Your data
      </a>
      {canConnectAnother && (
        <div className="flex flex-wrap items-center gap-x-3 max-lg:w-full lg:flex-row-reverse">
          <ConnectAnotherForm />
          <p className="min-w-0 flex-1 text-sm text-ink-muted print:hidden">You will be taken to Legrand.</p>
        </div>
      )}
    </div>
  );
}
