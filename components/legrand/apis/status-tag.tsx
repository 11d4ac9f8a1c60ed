/** Shows an HTTP status in the colour of its meaning. */
export function StatusTag({ status }: { status: number }) {
  const look =
    status < 300
      ? "bg-success-soft text-success"
      : status < 500
        ? "bg-warning-soft text-warning"
        : "bg-danger-soft text-danger";
  return (
    <span
      className={`inline-block w-12 flex-none rounded-tag py-0.5 text-center font-mono text-xs font-semibold ${look}`}
    >
      {status}
    </span>
  );
}
