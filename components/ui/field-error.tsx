import { Icon } from "#components/ui/icon.tsx";

/** Shows the error next to a field. The control refers to it in `aria-describedby`. */
export function FieldError({ id, message }: { id: string; message: string | undefined }) {
  if (!message) return null;
  return (
    <p id={id} className="flex gap-1.5 text-sm font-medium text-danger">
      <Icon name="warning" />
      <span className="min-w-0 wrap-anywhere">{message}</span>
    </p>
  );
}
