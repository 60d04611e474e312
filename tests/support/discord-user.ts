// A person on Discord: writes to the bot, uses its commands, presses its buttons, fills in its forms, and
// sees what Discord shows him.
import {
  BOT_ID,
  CHANNEL_ID,
  type FakeDiscord,
  type Interaction,
  type Shown,
  userOf,
} from './discord.ts';
import { fieldsOf, listOf } from './discord-limits.ts';

type Fields = Readonly<Record<string, unknown>>;
export type Button = {
  readonly label: string;
  readonly customId: string | null;
  readonly url: string | null;
  readonly isDisabled: boolean;
};

export class DiscordUser {
  readonly id: string;
  readonly #fake: FakeDiscord;
  readonly #isInGuild: boolean;
  #seen = 0;
  #last: (() => void) | null = null;

  constructor(fake: FakeDiscord, id: string, isInGuild = false) {
    this.#fake = fake;
    this.id = id;
    this.#isInGuild = isInGuild;
  }

  /** What is on his screen, the oldest first. */
  get shown(): Shown[] {
    const own = this.#fake.channelOf(this.id);
    return this.#fake.messages.filter(({ channelId, onlyFor, isThinking }) => {
      if (isThinking || (onlyFor !== null && onlyFor !== this.id)) return false;
      return channelId === own || channelId === CHANNEL_ID;
    });
  }

  /** The words and buttons that came with his last act. */
  get news(): string {
    return this.shown.slice(this.#seen).map(readable).join('\n');
  }

  /** Writes a direct message; nothing is awaited. */
  write(text: string, more: Fields = {}): Fields {
    this.#seen = this.shown.length;
    const channelId = this.#fake.channelOf(this.id);
    const message = directMessage(this.#fake, { from: this.id, channelId, text, more });
    this.#last = () => this.#fake.tell('MESSAGE_CREATE', message);
    this.#last();
    return message;
  }

  async say(text: string, more: Fields = {}): Promise<string> {
    this.write(text, more);
    return this.answered();
  }

  slash(name: string, options: Readonly<Record<string, string>> = {}): Interaction {
    const given = Object.entries(options).map(([key, value]) => ({ name: key, type: 3, value }));
    return this.#interact(2, { id: '1', name, type: 1, options: given });
  }

  /** Uses a command and waits for the answer. */
  async use(name: string, options: Readonly<Record<string, string>> = {}): Promise<string> {
    this.slash(name, options);
    return this.answered();
  }

  button(label: string): { readonly button: Button; readonly message: Shown } {
    for (const message of this.shown.toReversed())
      for (const button of buttonsOf(message))
        if (button.label === label && button.customId !== null) return { button, message };
    const labels = this.shown.flatMap((one) => buttonsOf(one).map((button) => button.label));
    throw new Error(`no button ${label}: ${labels.join(' | ')}`);
  }

  /** Presses without waiting, also what is disabled by now. */
  pressAtOnce(label: string): Interaction {
    const { button, message } = this.button(label);
    return this.click(message, button.customId ?? '');
  }

  click(message: Shown, customId: string): Interaction {
    return this.#interact(3, { custom_id: customId, component_type: 2 }, message);
  }

  async press(label: string): Promise<string> {
    this.pressAtOnce(label);
    return this.answered();
  }

  /** Waits for the form that his last act opens. */
  async form(of: Interaction): Promise<Fields> {
    return this.#fake.until(() => of.modal ?? undefined);
  }

  async fill(of: Interaction, values: Readonly<Record<string, string>>): Promise<string> {
    const { custom_id: id, components } = await this.form(of);
    const filled = listOf(components).map(({ component }, at) => {
      const { custom_id: field } = fieldsOf(component);
      const value = values[String(field)] ?? '';
      return { type: 18, id: at, component: { type: 4, custom_id: field, value } };
    });
    this.#interact(5, { custom_id: id, components: filled }, of.source ?? undefined);
    return this.answered();
  }

  /** Discord delivers his last act once more. */
  again(): void {
    this.#last?.();
  }

  /** What came once something came. */
  async answered(): Promise<string> {
    await this.#fake.until(() => this.shown.length > this.#seen);
    return this.news;
  }

  #interact(type: number, data: Fields, source?: Shown): Interaction {
    this.#seen = this.shown.length;
    const isInGuild = source === undefined ? this.#isInGuild : source.channelId === CHANNEL_ID;
    const given = { user: this.id, type, data, isInGuild, source };
    const interaction = this.#fake.interact(given);
    this.#last = () => this.#fake.again(interaction, type, data, isInGuild);
    return interaction;
  }
}

export function directMessage(
  fake: FakeDiscord,
  given: {
    readonly from: string;
    readonly channelId: string;
    readonly text: string;
    readonly more?: Fields;
  },
): Fields {
  const { from, channelId, text, more } = given;
  return {
    id: fake.newId(),
    type: 0,
    channel_id: channelId,
    channel_type: 1,
    author: userOf(from),
    content: text,
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    pinned: false,
    ...more,
  };
}

/** In the channel that all can read; the words reach a bot only where it is mentioned. */
export function channelMessage(
  fake: FakeDiscord,
  given: { readonly from: string; readonly text: string; readonly isForBot: boolean },
): Fields {
  const { from, text, isForBot } = given;
  const message = directMessage(fake, { from, channelId: CHANNEL_ID, text: isForBot ? text : '' });
  return {
    ...message,
    channel_type: 0,
    guild_id: '200000000000000001',
    mentions: isForBot ? [{ ...userOf(BOT_ID), bot: true }] : [],
  };
}

export function buttonsOf(message: Shown): Button[] {
  return message.components.flatMap((row) =>
    listOf(row.components).map(({ label, custom_id: id, url, disabled }) => ({
      label: String(label),
      customId: typeof id === 'string' ? id : null,
      url: typeof url === 'string' ? url : null,
      isDisabled: disabled === true,
    })),
  );
}

/** As Discord draws it: a backslash before a mark is not seen. */
export function drawn(content: string): string {
  return content.replace(/\\([^\p{L}\p{N}\s])/gu, '$1');
}

export function readable(message: Shown): string {
  const words = drawn(message.content);
  const buttons = buttonsOf(message).map(({ label, url }) =>
    url === null ? label : `${label} ${url}`,
  );
  return [words, ...message.files, ...buttons].join('\n');
}
