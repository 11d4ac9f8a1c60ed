/** Lists what happens when an access is removed. */
export function RemovalList({ name }: { name: string }) {
  return (
    <>
      <ul className="grid list-disc gap-2 pl-5">
        <li>{name} can neither see nor control anything in your home from the next moment on.</li>
        <li>What it has stored until now stays with it. Ask there to have it deleted.</li>
        <li>Your homes, your Legrand account and other applications stay as they are.</li>
      </ul>
      <p className="text-ink-muted">
        To let it in again later, connect it again there: Legrand then asks you as it did the first time.
      </p>
    </>
  );
}
