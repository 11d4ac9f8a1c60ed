import { ButtonLink } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Plate } from "#components/ui/plate.tsx";

type LastAdministratorViewProps = {
  /** The last administrator: the reader, or the person whose account an administrator looks at. */
  person: "you" | "them";
  /** The link back and its label. */
  back: { word: string; href: string };
};

const WORDS = {
  you: {
    what: "You are the last administrator of Connect, so you cannot leave yet.",
    why: "Without you, no administrator is left who can give the role to another user. Make another user an administrator first.",
  },
  them: {
    what: "This person is the last administrator of Connect, and this is their only connected account, so it cannot be revoked.",
    why: "Without your account, no user can sign in as an administrator. Make another user an administrator first.",
  },
};

/** Replaces a question whose answer Connect would refuse. */
export function LastAdministratorView({ person, back }: LastAdministratorViewProps) {
  const { what, why } = WORDS[person];
  return (
    <Plate className="grid max-w-140 grid-cols-1 gap-5 p-5 sm:p-8">
      <Notice tone="warning">
        <p>
          {what} {why}
        </p>
      </Notice>
      <div className="flex flex-wrap gap-3">
        <ButtonLink href="/admin/roles">Go to roles</ButtonLink>
        <ButtonLink variant="secondary" href={back.href}>
          {back.word}
        </ButtonLink>
      </div>
    </Plate>
  );
}
