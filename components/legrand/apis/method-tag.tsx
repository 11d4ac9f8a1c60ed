const LOOKS = {
  GET: "bg-info-soft text-info",
  POST: "bg-success-soft text-success",
  DELETE: "bg-danger-soft text-danger",
} as const;

/** Shows the method of an operation. All tags have the same width, so that the paths align. */
export function MethodTag({ method }: { method: keyof typeof LOOKS }) {
  return (
    <span
      className={`inline-block w-16 flex-none rounded-tag py-0.5 text-center font-mono text-xs font-semibold ${LOOKS[method]}`}
    >
      {method}
    </span>
  );
}
