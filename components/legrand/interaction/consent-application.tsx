import { ApplicationLogo } from "#components/legrand/applications/application-logo.tsx";
import { Mark } from "#components/ui/mark.tsx";

export type ConsentApplication = {
  name: string;
  description: string;
  vendor: string;
  url: string;
  logoUrl: string | null;
};

/** Who asks: everything here was written by the application's developer, and is shown as text. */
export function ConsentApplicationHeader({ application }: { application: ConsentApplication }) {
  const { name, description, vendor, url, logoUrl } = application;
  return (
    <header>
      <div aria-hidden="true" className="mb-5 flex items-center gap-3">
        <ApplicationLogo name={name} logoPath={logoUrl} />
        <span className="w-8 border-t-2 border-dashed border-border-strong" />
        <Mark party="legrand" />
      </div>
      <h1 className="text-xl">{name} is asking for access to your home</h1>
      <p className="mt-2 text-ink-muted">
        Made by {vendor}
        <ApplicationHost url={url} />
      </p>
      {description && <p className="mt-2">{description}</p>}
    </header>
  );
}

function ApplicationHost({ url }: Pick<ConsentApplication, "url">) {
  // A javascript: address would run here, so only the web's own schemes become a link.
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return null;
  return (
    <>
      {" · "}
      <a href={url} target="_blank" rel="noopener noreferrer">
        {parsed.host}
      </a>
    </>
  );
}
