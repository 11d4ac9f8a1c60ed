import { CONTROL, describedBy, FieldFrame, type FieldFrameProps } from "#components/ui/field-frame.tsx";

type PasswordFieldProps = FieldFrameProps & { autoComplete: "current-password" | "new-password" };

/**
 * Asks for a password. `public/show-password.js` shows the button **Show**, whose name is its visible text:
 * a label with the word "Password" would be found by programs that look for the field.
 */
export function PasswordField({ label, name, hint, error, autoComplete }: PasswordFieldProps) {
  return (
    <FieldFrame {...{ label, name, hint, error }}>
      <div className="relative">
        <input
          id={name}
          name={name}
          type="password"
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          required
          className={`${CONTROL} pr-18`}
          {...describedBy({ name, hint, error })}
        />
        <button
          type="button"
          hidden
          data-shows={name}
          aria-controls={name}
          aria-pressed="false"
          aria-describedby={`${name}-label`}
          className="absolute inset-y-1 right-1 min-w-14 cursor-pointer rounded-tag px-2.5 text-sm font-semibold text-ink-muted transition-colors hover:bg-sunken hover:text-ink pointer-coarse:inset-y-0 pointer-coarse:right-0 pointer-coarse:min-w-16"
        >
          Show
        </button>
      </div>
      <p id={`${name}-caps-lock`} role="status" className="text-sm font-medium text-warning empty:sr-only" />
    </FieldFrame>
  );
}

/**
 * Loads the script of password fields. A page that renders it needs the trait `hasPasswordScript`
 * (lib/server/front/route-traits.ts). It is the only script of such a page.
 */
export function PasswordScript() {
  return <script src="/show-password.js" defer />;
}
