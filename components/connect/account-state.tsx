import { AccountActForm, AccountConnectForm, AskScopeForm } from "#components/connect/forms.tsx";
import { HandOverMarks } from "#components/ui/hand-over.tsx";
import { Status } from "#components/ui/status.tsx";
import type { DescribedState } from "#lib/connect/linked-accounts/describe-state.ts";

const BACKGROUNDS = {
  success: "bg-success-soft",
  warning: "bg-warning-soft",
  danger: "bg-danger-soft",
  off: "bg-sunken",
} as const;

type AccountStateProps = { accountId: string; withdrawnScopes: string[]; state: DescribedState };

/** Shows the indicator of a linked account and its label. */
export function AccountIndicator({ state }: Pick<AccountStateProps, "state">) {
  return <Status tone={state.tone}>{state.label}</Status>;
}

/** Says what the state means and what to do about it. Shows nothing if the account is connected. */
export function AccountStateStrip({ accountId, withdrawnScopes, state }: AccountStateProps) {
  if (state.state === "connected") return null;
  const leadsToLegrand = state.action === "reconnect" || state.action === "ask_again";
  return (
    <div
      className={`flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-plate border border-border px-5 py-3 ${BACKGROUNDS[state.tone]}`}
    >
      <p className="min-w-0 flex-1 basis-64">
        {state.sentence}
        {leadsToLegrand && " You will be taken to Legrand."}
      </p>
      <div className="flex flex-wrap items-center gap-3">
        {leadsToLegrand && <HandOverMarks className="max-lg:hidden" />}
        <Act {...{ accountId, withdrawnScopes, state }} />
        {state.canAcceptLoss && (
          <AccountActForm
            accountId={accountId}
            action="/account/continue-without"
            label={`Continue without ${withdrawnScopes.length > 1 ? "them" : "it"}`}
          />
        )}
      </div>
    </div>
  );
}

function Act({ accountId, withdrawnScopes, state: { action, actionLabel } }: AccountStateProps) {
  const label = actionLabel ?? "";
  switch (action) {
    case "reconnect":
      return <AccountConnectForm accountId={accountId} intent="reconnect" label={label} variant="primary" />;
    case "ask_again":
      return <AskScopeForm accountId={accountId} scopes={withdrawnScopes} label={label} variant="primary" />;
    case "retry":
      return <AccountActForm accountId={accountId} action="/account/refresh" label={label} />;
    case null:
      return null;
  }
}
