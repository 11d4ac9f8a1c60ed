import { Copyable } from "#components/ui/copyable.tsx";
import { Plate } from "#components/ui/plate.tsx";

type Settings = { id: string; title: string; note: string; code: string };

/**
 * Shows settings to paste, one kind of client at a time. Uses the browser's own disclosure, which needs no
 * script.
 */
export function SettingsSection({ settings }: { settings: Settings[] }) {
  return (
    <Plate as="section" id="settings" className="scroll-mt-4">
      <div className="border-b border-border px-5 py-4">
        <h2 className="text-md">Settings to paste</h2>
        <p className="text-sm text-ink-muted">
          Replace <code>{"<your client secret>"}</code> with your client secret, or set it as{" "}
          <code>WWL_CLIENT_SECRET</code>. It is shown only once, when it is generated.
        </p>
      </div>
      <div className="divide-y divide-border">
        {settings.map(({ id, title, note, code }, index) => (
          <details key={id} name="settings" open={index === 0} className="group">
            <summary className="px-5 py-3 font-semibold hover:bg-sunken">{title}</summary>
            <div className="grid grid-cols-1 gap-3 px-5 pb-5">
              <p className="text-sm text-ink-muted">{note}</p>
              <Copyable label={`Settings for ${title}`} value={code} hideLabel multiline />
            </div>
          </details>
        ))}
      </div>
    </Plate>
  );
}
