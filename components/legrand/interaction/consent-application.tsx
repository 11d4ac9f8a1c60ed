import { AskingMarks } from "#components/legrand/applications/asking-marks.tsx";
import { MadeBy } from "#components/legrand/applications/made-by.tsx";

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
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <AskingMarks name={name} logoPath={logoUrl} />
        {/* The basis puts the headline below the marks on a phone. */}
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-md">
            {isReview ? `Change what ${name} may do` : `${name} is asking for access to your home`}
          </h1>
          <p className="text-sm text-ink-muted">
            <MadeBy vendor={vendor} url={url} />
          </p>
        </div>
      </div>
      {description && <p className="mt-2 text-sm">{description}</p>}
    </header>
  );
}
