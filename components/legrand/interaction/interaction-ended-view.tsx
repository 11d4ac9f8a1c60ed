import { ButtonLink } from "#components/ui/button.tsx";
import { MessagePlate } from "#components/ui/message-page.tsx";

type InteractionEndedViewProps = {
  reason: keyof typeof TEXTS;
  applicationName: string | null;
  /** The address where the same request can continue. */
  continueUrl: string | null;
  /** The address where a new request can start. */
  applicationUrl: string | null;
};

const TEXTS = {
  expired: {
    title: "This request has expired",
    happened:
      "It waited too long for your answer, so we closed it. Nothing was changed, and nothing was shared.",
  },
  answered: {
    title: "You have already answered this request",
    happened: "Your first answer counts. Opening this page again changes nothing.",
  },
  unknown: {
    title: "We do not know this request",
    happened:
      "It may have been started in another browser, or a long time ago. Nothing was changed, and nothing was shared.",
  },
  other_account: {
    title: "This request belongs to another account",
    happened:
      "You have signed in with a different Legrand account since it started, so we stopped here. Nothing was changed, and nothing was shared.",
  },
};

const DRAWINGS = { expired: "expired", unknown: "not-found", other_account: "denied" } as const;

export function InteractionEndedView({
  reason,
  applicationName,
  continueUrl,
  applicationUrl,
}: InteractionEndedViewProps) {
  const { title, happened } = TEXTS[reason];
  const application = applicationName ?? "the application";
  return (
    <MessagePlate
      edge="legrand"
      drawing={reason === "answered" ? undefined : DRAWINGS[reason]}
      title={title}
      actions={
        (continueUrl || applicationUrl) && <NextStep {...{ application, continueUrl, applicationUrl }} />
      }
    >
      <p>{happened}</p>
      <p>
        {continueUrl
          ? `You can continue with ${application}.`
          : `To start again, go back to ${application} and start from there.`}
      </p>
    </MessagePlate>
  );
}

type NextStepProps = Pick<InteractionEndedViewProps, "continueUrl" | "applicationUrl"> & {
  application: string;
};

function NextStep({ application, continueUrl, applicationUrl }: NextStepProps) {
  if (continueUrl) return <ButtonLink href={continueUrl}>Continue to {application}</ButtonLink>;
  return applicationUrl && <ButtonLink href={applicationUrl}>Go back to {application}</ButtonLink>;
}
