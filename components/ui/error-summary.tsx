import { UntilCorrected } from "#components/ui/until-corrected.tsx";

type ErrorSummaryProps = {
  title: string;
  /** `href` is the field's id with a hash, `#email`. */
  errors: { message: string; href?: string }[];
};

/**
 * Shows the errors above the form after a failed submit. Takes the focus with the browser's own `autofocus`,
 * which needs no script.
 */
export function ErrorSummary({ title, errors }: ErrorSummaryProps) {
  return (
    <div
      role="alert"
      tabIndex={-1}
      autoFocus
      className="rounded-plate border-2 border-danger bg-surface px-5 py-4"
    >
      <UntilCorrected />
      <h2 className="text-md">{title}</h2>
      <ul className="mt-1 grid gap-1">
        {errors.map(({ message, href }) => (
          <li key={message}>
            {href ? (
              <a href={href} className="font-medium text-danger">
                {message}
              </a>
            ) : (
              message
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
