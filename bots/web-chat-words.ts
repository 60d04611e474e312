// What the web chat itself has to say; everything else is said by the core.

export type WebChatWords = {
  /** Names the conversation, and who speaks in it, to those who do not see the page. */
  readonly log: string;
  readonly me: string;
  readonly shop: string;
  readonly message: string;
  readonly placeholder: string;
  readonly send: string;
  readonly busy: string;
  readonly newer: string;
  /** The stream is down; it comes back by itself. */
  readonly lost: string;
  /** The message did not get through and stands in the field again. */
  readonly failed: string;
  /** An answer without a visible character. */
  readonly nothing: string;
  /** Title of a page that says why a message was not taken. */
  readonly notSent: string;
  readonly broken: string;
  readonly unreadable: string;
  readonly tooLarge: string;
  readonly tooFast: string;
  /** Sent from another site. */
  readonly foreign: string;
  readonly toChat: string;
  readonly noStore: Notice;
  readonly noPage: Notice;
  readonly tooOften: Notice;
  readonly links: Readonly<Record<'forged' | 'expired' | 'used', Notice>>;
};

export type Notice = { readonly title: string; readonly text: string };
