/** The application's logo as people see it at consent, or its first letter; decoration, because the name stands beside it. */
export function ApplicationLogo({ name, logoPath }: { name: string; logoPath: string | null }) {
  const look = "size-11 flex-none rounded-control border border-border bg-sunken";
  if (logoPath) return <img src={logoPath} alt="" width={44} height={44} className={`${look} object-contain`} />;
  return <span aria-hidden="true" className={`${look} grid place-items-center text-lg`}>{[...name][0]?.toUpperCase()}</span>;
}
