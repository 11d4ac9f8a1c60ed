import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Plate } from "#components/ui/plate.tsx";

type EndProps = { clientId: string; state: "active" | "suspended" };

/** Offers to suspend or to delete the application. Both ask first. */
export function EndSection({ clientId, state }: EndProps) {
  const path = `/legrand/applications/${clientId}`;
  return (
    <Plate as="section" aria-label="Suspend or delete" className="divide-y divide-border">
      {state === "active" ? (
        <Part title="Suspend" text="Requests are refused until you resume it. Nothing is lost.">
          <ButtonLink variant="secondary" href={`${path}/suspend`}>
            Suspend
          </ButtonLink>
        </Part>
      ) : (
        <Part title="Resume" text="Requests work again. People do not have to grant access again.">
          <ResumeForm clientId={clientId} />
        </Part>
      )}
      <Part title="Delete" text="The application, its secrets, and all access that people granted to it.">
        <ButtonLink variant="danger-quiet" href={`${path}/delete`}>
          Delete application
        </ButtonLink>
      </Part>
    </Plate>
  );
}

function ResumeForm({ clientId }: { clientId: string }) {
  return (
    <form method="post" action={`/legrand/applications/${clientId}/resume`}>
      <Button variant="secondary">Resume</Button>
    </form>
  );
}

function Part({ title, text, children }: { title: string; text: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-4 px-5 py-4">
      <div className="min-w-0">
        <h2 className="text-md">{title}</h2>
        <p className="text-sm text-ink-muted">{text}</p>
      </div>
      {children}
    </div>
  );
}
