import type { Metadata } from "next";
import type { ReactNode } from "react";
import { partyTitle, partyViewport } from "#components/layout/party-metadata.ts";
import { SubmitFeedback } from "#components/ui/submit-feedback.tsx";
import { readTheme } from "#components/layout/theme.ts";
import "./globals.css";

export const metadata: Metadata = {
  title: partyTitle("connect"),
  description: "Try the whole Works with Legrand consent flow, from sign-in to tokens, on your own machine.",
};

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
