import { CONTROL, describedBy, FieldFrame, type FieldFrameProps } from "#components/ui/field-frame.tsx";

type TextAreaFieldProps = FieldFrameProps & { rows: number; defaultValue?: string; required?: boolean };

/** Shows a field like `Field`, with several lines. */
export function TextAreaField({ label, name, hint, error, ...area }: TextAreaFieldProps) {
  return (
    <FieldFrame {...{ label, name, hint, error }}>
      <textarea
        id={name}
        name={name}
        className={`${CONTROL} h-auto resize-y py-2 pointer-coarse:h-auto`}
        {...describedBy({ name, hint, error })}
        {...area}
      />
    </FieldFrame>
  );
}
