/** Lists what happens when an access is removed. */
export function RemovalList({ name }: { name: string }) {
  return (
    <>
      <ul className="grid list-disc gap-2 pl-5">
        <li>{name} immediately loses access to your home.</li>
        <li>Data that it has already stored is not deleted. Ask {name} to delete it.</li>
        <li>Your homes, your Legrand account and other applications stay as they are.</li>
      </ul>
      <p className="text-ink-muted">
        To give it access again later, connect it again there. Legrand then asks you as it did the first time.
      </p>
    </>
  );
}
