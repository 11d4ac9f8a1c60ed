import { LogoSizeNote } from "#components/legrand/editing/logo-size-note.tsx";
import { Button } from "#components/ui/button.tsx";
import { FieldError } from "#components/ui/field-error.tsx";
import { LOGO_MAX_BYTES, LOGO_MAX_PIXELS, LOGO_TYPES } from "#lib/legrand/logos/logo-constants.ts";

const INPUT =
  "w-full min-w-0 text-sm text-ink-muted file:mr-3 file:min-h-10 file:cursor-pointer file:rounded-control file:border file:border-solid file:border-border-strong " +
  "file:bg-surface file:px-4 file:py-1.5 file:text-base file:font-semibold file:text-ink hover:file:bg-sunken pointer-coarse:file:min-h-11";

/**
 * Chooses a logo. A form that is shown again cannot contain the chosen file, because no page may fill in a
 * file field, but it can show the stored logo.
 */
export function LogoField({ logoPath, error }: { logoPath: string | null; error: string | undefined }) {
  return (
    <div className="grid min-w-0 gap-1.5">
      <label htmlFor="logo" className="font-semibold">
        Logo
      </label>
      {logoPath && (
        <div className="flex flex-wrap items-center gap-3 rounded-control bg-sunken p-3">
          <img
            src={logoPath}
            alt="The stored logo"
            width={44}
            height={44}
            className="size-11 rounded-control border border-border bg-tile object-contain"
          />
          <Button variant="secondary" name="action" value="remove-logo">
            Remove logo
          </Button>
        </div>
      )}
      <input
        id="logo"
        type="file"
        name="logo"
        accept={LOGO_TYPES}
        className={INPUT}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? "logo-hint logo-error" : "logo-hint"}
      />
      <p id="logo-hint" className="text-sm text-ink-muted">
        {`Optional. PNG, JPEG, WebP or SVG, at most ${LOGO_MAX_BYTES / 1024 / 1024} MB and ${LOGO_MAX_PIXELS.toLocaleString("en")} pixels.`}
      </p>
      <LogoSizeNote maxBytes={LOGO_MAX_BYTES} />
      <FieldError id="logo-error" message={error} />
    </div>
  );
}
