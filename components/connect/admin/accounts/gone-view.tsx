import { ButtonLink } from "#components/ui/button.tsx";
import { MessagePlate } from "#components/ui/message-page.tsx";

/** Replaces the page of a linked account that has just been deleted. Only users with a role see it. */
export function GoneView() {
  return (
    <div className="max-w-140">
      <MessagePlate
        title="This account is gone"
        actions={
          <ButtonLink variant="secondary" href="/admin/linked-accounts">
            Go to the linked accounts
          </ButtonLink>
        }
      >
        <p>
          No linked account has this id. The person may have deleted their Connect account, or the address may
          be wrong. Nothing was changed.
        </p>
        <p>
          What administrators did with it remains in the <a href="/admin/audit">audit log</a>.
        </p>
      </MessagePlate>
    </div>
  );
}
