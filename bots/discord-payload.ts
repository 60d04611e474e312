// What Discord tells of a person, read into neutral words.
import {
  type ButtonInteraction,
  ChannelType,
  type ChatInputCommandInteraction,
  type Message as DiscordMessage,
  type Interaction,
  InteractionContextType,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { Attachment, Press } from '../src/chat/bot.ts';
import { type DiscordCommand, wordsOf } from './discord-commands.ts';
import { type DiscordForm, textOfForm } from './discord-form.ts';
import { readPressed } from './discord-press.ts';
import { clean } from './plain-text.ts';

/** More than the core reads, so that it still sees that a text was too long. */
const TEXT_CUT = 20_000;

export type Said = {
  readonly text: string;
  readonly press?: Press;
  readonly attachment?: Attachment;
};

/** What may be said to a bot; `open` is a form to show instead of an answer. */
export type Spoken = { readonly said: Said } | { readonly open: DiscordForm };

export type Tables = {
  readonly commands: readonly DiscordCommand[];
  readonly forms: readonly DiscordForm[];
};

export type Answerable = ChatInputCommandInteraction | ButtonInteraction | ModalSubmitInteraction;

/** Undefined for what is none of ours: other kinds, other apps' menus. */
export function answerable(interaction: Interaction): Answerable | undefined {
  const isOurs =
    interaction.isChatInputCommand() || interaction.isButton() || interaction.isModalSubmit();
  return isOurs ? interaction : undefined;
}

/** Where nobody else reads: what is said anywhere else is shown to its person alone. */
export function isPrivate({ guildId, context }: Answerable): boolean {
  return guildId === null && context !== InteractionContextType.PrivateChannel;
}

export function readInteraction(interaction: Answerable, { commands, forms }: Tables): Spoken {
  if (interaction.isChatInputCommand()) {
    const { options, commandName } = interaction;
    const command = commands.find(({ name }) => name === commandName);
    // One that was taken out of the table since says its name.
    if (command === undefined) return { said: { text: commandName } };
    const form = forms.find(({ id }) => id === command.form);
    if (form !== undefined && options.data.length === 0) return { open: form };
    return { said: { text: wordsOf(command, (name) => options.getString(name)) } };
  }
  if (interaction.isModalSubmit()) {
    const form = forms.find(({ id }) => id === interaction.customId);
    const { fields } = interaction;
    const given = (id: string) => (fields.fields.has(id) ? fields.getTextInputValue(id) : '');
    return { said: { text: form === undefined ? '' : textOfForm(form, given) } };
  }
  const label = labelOf(interaction);
  const pressed = readPressed(interaction.customId, label);
  if (pressed === undefined) return { said: { text: label } };
  if (!('form' in pressed)) return { said: { text: pressed.say, press: pressed.press } };
  const form = forms.find(({ id }) => id === pressed.form);
  return form === undefined ? { said: { text: label } } : { open: form };
}

function labelOf({ component }: ButtonInteraction): string {
  return 'label' in component ? clean(component.label ?? '') : '';
}

/** Undefined for what no person said to us alone: other bots, system lines, channels. */
export function readMessage(message: DiscordMessage): Said | undefined {
  const { author, webhookId, system, channel } = message;
  if (author.bot || webhookId !== null || system || channel.type !== ChannelType.DM)
    return undefined;
  // A message passed on, as the seller does with what his bank wrote, carries its words in a copy.
  const content = message.content || (message.messageSnapshots.first()?.content ?? '');
  const text = clean(content.slice(0, TEXT_CUT)).trimEnd();
  if (text.trim() !== '') return { text };
  const attachment = attachmentOf(message);
  return attachment === undefined ? undefined : { text: '', attachment };
}

function attachmentOf({ attachments, stickers, poll }: DiscordMessage): Attachment | undefined {
  if (stickers.size > 0) return 'sticker';
  const type = attachments.first()?.contentType ?? '';
  if (/^(image|video)\//.test(type)) return 'picture';
  if (type.startsWith('audio/')) return 'voice';
  return attachments.size > 0 || poll !== null ? 'file' : undefined;
}
