import { Breakable } from "#components/ui/breakable.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { Plate } from "#components/ui/plate.tsx";

type YourDataViewProps = {
  name: string | null;
  email: string | null;
  counts: { connected: number; disconnected: number; events: number; sessions: number };
};

const count = (number: number, one: string, many: string) =>
  number === 1 ? `1 ${one}` : `${number.toLocaleString("en")} ${many}`;

/** Shows what Connect stores about a person, in words, and the two actions that they can take with it. */
export function YourDataView({ name, email, counts }: YourDataViewProps) {
  const { connected, disconnected, events, sessions } = counts;
  return (
    <div className="grid grid-cols-1 gap-5">
      <Plate as="section" edge="connect" className="pt-[3px]">
        <div className="border-b border-border px-5 py-4">
          <h2 className="text-md">What Connect stores</h2>
          <p className="max-w-text text-ink-muted">
            Only what is needed to keep your accounts connected. Homes, rooms and temperatures are fetched
            from Legrand when you open the page, and are never stored.
          </p>
        </div>
        <DefinitionList
          rows={[
            {
              term: "You",
              value: (
                <Breakable>
                  {[name, email].filter(Boolean).join(", ") || "Neither a name nor an address"}
                </Breakable>
              ),
            },
            {
              term: "Legrand accounts",
              value: (
                <>
                  {count(connected, "connected account", "connected accounts")}
                  {disconnected > 0 &&
                    `, and ${count(disconnected, "that is disconnected", "that are disconnected")}`}
                  : the Legrand id, name and <span className="whitespace-nowrap">e-mail</span> address of
                  each, the permissions that were requested and granted, and the dates
                </>
              ),
            },
            {
              term: "Tokens",
              value: connected
                ? "At most two for each connected account, encrypted. They are deleted when you disconnect it"
                : "None",
            },
            {
              term: "History",
              value: events
                ? `${count(events, "entry", "entries")}: when an account was connected, refreshed, changed or disconnected, and by whom`
                : "None",
            },
            {
              term: "Sessions",
              value: `${count(sessions, "signed-in browser", "signed-in browsers")}: for each, a hash of its cookie and an expiry time`,
            },
          ]}
        />
      </Plate>
      <Plate as="section" className="flex flex-wrap items-center justify-between gap-4 p-5 print:hidden">
        <div className="min-w-0 flex-1 basis-72">
          <h2 className="text-md">Download a copy</h2>
          <p className="text-ink-muted">
            All of the above as one JSON file. Tokens are left out, because anyone who has them could use your
            access.
          </p>
        </div>
        <ButtonLink variant="secondary" href="/account/data/download" download>
          Download
        </ButtonLink>
      </Plate>
      <Plate as="section" className="flex flex-wrap items-center justify-between gap-4 p-5 print:hidden">
        <div className="min-w-0 flex-1 basis-72">
          <h2 className="text-md">Delete your Connect account</h2>
          <p className="text-ink-muted">
            Disconnects your Legrand accounts and deletes all of the above. Connect asks once more before it
            does.
          </p>
        </div>
        <form method="get" action="/account/data/delete">
          <Button variant="danger-quiet">Delete your Connect account</Button>
        </form>
      </Plate>
    </div>
  );
}
