import type { Page } from "#tests/factories/browser.ts";

/** Settings of an application that a program needs, by the columns that store them (decision 48). */
export type Settings = { refreshPolicy?: "former"; activationTime?: "with_offset" };

/** An application as a program knows it. */
export type Client = { clientId: string; clientSecret: string; replyUrl: string };

/** A person with a browser. They sign in and accept where they are asked to. */
export type Person = {
  /** Follows an address to the redirect that begins with `until`, and returns that redirect's address. */
  go: (address: string, until: string) => Promise<string>;
  /** Follows an address to its end and returns the last page. */
  read: (address: string) => Promise<Page>;
  /** Opens an address in Chromium; returns the text of the paragraph `outcome` on the last page. */
  browse: (address: string) => Promise<string>;
  /**
   * Sends a form or JSON to a program's own page and follows the answer to its end; returns the last page.
   */
  send: (address: string, body: URLSearchParams | object) => Promise<Page>;
};

/** What a program has to work with. */
export type Surroundings = {
  issuer: string;
  person: Person;
  /** Registers an application with that reply URL, a web application unless `type` says otherwise. */
  register: (replyUrl?: string, more?: { type?: "mobile" }) => Promise<Client>;
  /** Serves a program's own pages until it is done; returns their origin. */
  serve: (
    handler: (
      request: import("node:http").IncomingMessage,
      response: import("node:http").ServerResponse,
    ) => void,
  ) => Promise<string>;
  /** Calls the Smarther API. Throws unless it answers 200. */
  useToken: (accessToken: string) => Promise<void>;
  /**
   * Reads from a path of the Smarther API, or writes `body` to it; returns what it answers. Throws unless
   * that is a 200.
   */
  callApi: (accessToken: string, path: string, body?: object) => Promise<unknown>;
};

/**
 * What a program had in its hands at the end. A step that it did not do is missing, and so is one that it
 * cannot do.
 */
export type Outcome = {
  accessToken: string;
  /** The access token after a refresh, where the program refreshed. */
  refreshedAccessToken?: string | undefined;
  /** `sub` of an ID token that the library verified. */
  idTokenSubject?: string | undefined;
  /** `sub` that userinfo answered. */
  userinfoSubject?: string | undefined;
  /** A token that the program revoked. */
  revokedToken?: string | undefined;
};

/** A flow from the first address to the tokens. Throws where the program would fail. */
export type Flow = (surroundings: Surroundings) => Promise<Outcome>;

/** A program of the field, and how it is run. */
export type Program = {
  name: string;
  version: string;
  /** What it does beside the code flow, in words. */
  does: string;
  settings: Settings;
  /** Why it does not work, where that is known and meant. */
  fails?: string;
  /** True for an installed library, false for requests that behave like a program. */
  isLibrary: boolean;
  load: () => Promise<Flow>;
};
