import { ApplicationLogo } from "#components/legrand/applications/application-logo.tsx";
import { MadeBy } from "#components/legrand/applications/made-by.tsx";
import { Mark } from "#components/ui/mark.tsx";

export type ConsentApplication = {
  name: string;
  description: string;
  vendor: string;
  url: string;
  logoUrl: string | null;
};

/** Shows which application asks. Its developer wrote everything here, so it is shown as plain text. */
export function ConsentApplicationHeader({
  application,
  isReview,
}: {
  application: ConsentApplication;
  isReview: boolean;
}) {
  const { name, description, vendor, url, logoUrl } = application;
  return (
    <header>
      <div aria-hidden="true" className="mb-5 flex items-center gap-3">
        <ApplicationLogo name={name} logoPath={logoUrl} />
        <span className="w-8 border-t-2 border-dashed border-border-strong" />
        <Mark party="legrand" />
      </div>
      <h1 className="text-xl">
        {isReview ? `Change what ${name} may do` : `${name} is asking for access to your home`}
      </h1>
      <p className="mt-2 text-ink-muted">
        <MadeBy vendor={vendor} url={url} />
      </p>
      {description && <p className="mt-2">{description}</p>}
    </header>
  );
}
