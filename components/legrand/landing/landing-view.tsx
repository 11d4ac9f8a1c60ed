import type { ReactNode } from "react";

import { CallPicture, ConsentPicture, RegisterPicture } from "#components/legrand/landing/pictures.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { Plate } from "#components/ui/plate.tsx";

/** Says what the sandbox is, in three pictures, and leads to what can be read without an account. */
export function PortalLandingView({ hasMail }: { hasMail: boolean }) {
  return (
    <div className="grid grid-cols-1 gap-10 sm:pt-4">
      <div>
        <h1 className="text-2xl">Build for Legrand homes, without a real one</h1>
        <p className="mt-3 max-w-text text-ink-muted">
          The Legrand sandbox behaves like Legrand’s cloud: it signs people in, asks for their consent, and
          answers API calls about thermostats, lights, plugs and shutters. Here you register the application
          that you build. It is free, and separate from the real cloud.
        </p>
        <div className="mt-6 flex flex-wrap gap-3">
          <ButtonLink href="/legrand/sign-in">Sign in</ButtonLink>
          <ButtonLink href="/legrand/sign-up" variant="secondary">
            Create an account
          </ButtonLink>
        </div>
      </div>
      <section aria-labelledby="steps">
        <h2 id="steps" className="text-lg">
          How it works
        </h2>
        <ol className="mt-4 grid gap-4 sm:grid-cols-3 sm:gap-5">
          <Step picture={<RegisterPicture />} title="1. Register your application">
            Describe it, add its reply URLs and choose its scopes. You get a client ID and a client secret.
          </Step>
          <Step picture={<ConsentPicture />} title="2. People give it access">
            Your application sends them here. They see who asks, and choose what they allow.
          </Step>
          <Step picture={<CallPicture />} title="3. Call the APIs">
            With their access token and your subscription key you read and change their homes.
          </Step>
        </ol>
      </section>
      <section aria-labelledby="without-account">
        <h2 id="without-account" className="text-lg">
          Without an account
        </h2>
        <Plate className="mt-4 divide-y divide-border">
          <Door icon="plug" href="/legrand/apis" word="APIs">
            Every operation with its scope, its parameters and its answers.
          </Door>
          {hasMail && (
            <Door icon="mail" href="/legrand/mail" word="Mail">
              The mail of the sandbox, such as links that confirm an account.
            </Door>
          )}
          <Door icon="home" href="/" word="Connect">
            An example application that goes through the whole consent flow.
          </Door>
        </Plate>
      </section>
    </div>
  );
}

function Step({ picture, title, children }: { picture: ReactNode; title: string; children: string }) {
  return (
    <Plate as="li" className="grid grid-cols-1 content-start gap-3 p-4">
      {picture}
      <div>
        <h3 className="font-semibold">{title}</h3>
        <p className="mt-1 text-sm text-ink-muted">{children}</p>
      </div>
    </Plate>
  );
}

type DoorProps = { icon: IconName; href: string; word: string; children: string };

function Door({ icon, href, word, children }: DoorProps) {
  return (
    <div className="flex gap-3 px-5 py-3.5">
      <Icon name={icon} className="mt-0.5 size-5 text-ink-muted" />
      <p className="min-w-0">
        <a href={href} className="inline-flex min-h-6 items-center font-semibold pointer-coarse:min-h-11">
          {word}
        </a>
        <span className="block text-sm text-ink-muted">{children}</span>
      </p>
    </div>
  );
}
