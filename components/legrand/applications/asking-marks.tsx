import { ApplicationLogo } from "#components/legrand/applications/application-logo.tsx";
import { Mark } from "#components/ui/mark.tsx";

/** Shows the application that asks, and Legrand, which answers. It is decorative: the words name both. */
export function AskingMarks({ name, logoPath }: { name: string; logoPath: string | null }) {
  return (
    <div aria-hidden="true" className="flex flex-none items-center gap-2">
      <ApplicationLogo name={name} logoPath={logoPath} />
      <span className="w-5 border-t-2 border-dashed border-border-strong" />
      <Mark party="legrand" />
    </div>
  );
}
