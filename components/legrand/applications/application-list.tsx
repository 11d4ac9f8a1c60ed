import { ApplicationLogo } from "#components/legrand/applications/application-logo.tsx";
import { ApplicationStatus } from "#components/legrand/applications/application-status.tsx";
import { TYPE_WORDS } from "#components/legrand/applications/type-words.ts";
import { CopyableCode } from "#components/ui/copyable-code.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

type ListedApplication = {
  clientId: string;
  name: string;
  vendor: string;
  type: "web" | "mobile";
  state: "active" | "suspended";
  logoPath: string | null;
  lastUsedAt: Date | null;
  people: number;
};

/** Shows one application in each row. In a narrow window, its facts are below its name. */
export function ApplicationList({ applications, now }: { applications: ListedApplication[]; now: Date }) {
  return (
    <Plate>
      <ul aria-label="Applications" className="divide-y divide-border">
        {applications.map((application) => (
          <ApplicationRow key={application.clientId} application={application} now={now} />
        ))}
      </ul>
    </Plate>
  );
}

type ApplicationRowProps = { application: ListedApplication; now: Date };

function ApplicationRow({ application, now }: ApplicationRowProps) {
  const { clientId, name, vendor, type, state, logoPath, lastUsedAt, people } = application;
  return (
    <li className="relative flex gap-4 px-5 py-3.5 transition-colors hover:bg-sunken">
      <ApplicationLogo name={name} logoPath={logoPath} />
      <div className="grid min-w-0 flex-1 grid-cols-1 items-center gap-x-5 gap-y-1 md:grid-cols-[minmax(0,1fr)_6rem_10rem] xl:grid-cols-[minmax(0,1fr)_20.5rem_6rem_10rem]">
        <div className="min-w-0">
          <h2 className="text-md">
            {/* The whole row is clickable; the link is the name. */}
            <a
              href={`/legrand/applications/${clientId}`}
              className="wrap-anywhere no-underline after:absolute after:inset-0 hover:underline"
            >
              {name}
            </a>
          </h2>
          <p className="text-sm wrap-anywhere text-ink-muted">
            {vendor && `${vendor} · `}
            {TYPE_WORDS[type]}
          </p>
        </div>
        {/* Above the row's link, so that the value can be selected and copied. */}
        <div className="relative w-fit max-w-full text-ink-muted md:max-xl:col-start-1 md:max-xl:row-start-2">
          <CopyableCode label={`Client ID of ${name}`} value={clientId} />
        </div>
        <div>
          <ApplicationStatus state={state} />
        </div>
        <p className="text-sm text-ink-muted">
          {peopleWithAccess(people)}
          <span className="md:hidden"> · </span>
          <span className="md:block">
            {lastUsedAt ? (
              <>
                last used <RelativeTime at={lastUsedAt} now={now} />
              </>
            ) : (
              "never used"
            )}
          </span>
        </p>
      </div>
    </li>
  );
}

function peopleWithAccess(people: number): string {
  if (people === 0) return "no person granted access";
  return people === 1 ? "1 person granted access" : `${people.toLocaleString("en")} people granted access`;
}
