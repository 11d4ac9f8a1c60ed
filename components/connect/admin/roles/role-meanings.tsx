const MEANINGS = [
  {
    role: "Administrator",
    meaning: "Sees everything here, refreshes and revokes accounts, exports, and gives and removes roles.",
  },
  { role: "Auditor", meaning: "Sees and exports everything here, and changes nothing." },
  { role: "No role", meaning: "Does not see the administration. Every user begins without a role." },
];

/** Says what each role may do. No role sees a token. */
export function RoleMeanings() {
  return (
    <dl className="grid grid-cols-1 gap-x-8 gap-y-3 text-sm sm:grid-cols-3">
      {MEANINGS.map(({ role, meaning }) => (
        <div key={role}>
          <dt className="font-semibold">{role}</dt>
          <dd className="text-ink-muted">{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
