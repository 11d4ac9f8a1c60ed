import type { Metadata } from "next";
import type { ReactNode } from "react";
import { partyTitle, partyViewport } from "#components/layout/party-metadata.ts";
import { SubmitFeedback } from "#components/ui/submit-feedback.tsx";
import { readTheme } from "#components/layout/theme.ts";
import { env } from "#lib/env.ts";
import "./globals.css";

const DESCRIPTION =
  "Try the whole Works with Legrand consent flow, from sign-in to tokens, on your own machine.";
/** Drawn by tests/social-image.ts. */
const SOCIAL_IMAGE = {
  url: "/social.png",
  width: 1200,
  height: 630,
  alt: "Connect and the Legrand sandbox, joined by an arrow",
};

/** The address of the social image has to be absolute, and the origin is known at run time only. */
export function generateMetadata(): Metadata {
  return {
    metadataBase: new URL(env().origin),
    title: partyTitle("connect"),
    description: DESCRIPTION,
    openGraph: { type: "website", siteName: "Legrand Connect", images: [SOCIAL_IMAGE] },
    twitter: { card: "summary_large_image", images: [SOCIAL_IMAGE] },
  };
}

export const generateViewport = () => partyViewport("connect");

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = await readTheme();
  return (
    <html lang="en" data-theme={theme ?? undefined}>
      <body>
        {children}
        <SubmitFeedback />
      </body>
    </html>
  );
}
