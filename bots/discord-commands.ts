// Slash commands: what each says, and registering them where they differ from what Discord has.
// https://docs.discord.com/developers/interactions/application-commands
import {
  type APIApplicationCommand,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPutAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import type { Wire } from './discord-rest.ts';
import { clean } from './plain-text.ts';

/** A global registration is seldom and may be limited for long; it is tried again at the next start. */
const REGISTER_WITHIN_MS = 60_000;

export type DiscordCommand = {
  readonly name: string;
  readonly description: string;
  /** The words said; `{name}` is what stands in that option. */
  readonly say: string;
  /** Opened instead when no option is given. */
  readonly form?: string;
  readonly options?: readonly {
    readonly name: string;
    readonly description: string;
    readonly isRequired?: boolean;
  }[];
};

/** Blanks left by options that were not given are closed up. */
export function wordsOf(command: DiscordCommand, given: (option: string) => string | null): string {
  const said = command.say.replace(/\{([^{}]+)\}/g, (_, name: string) =>
    clean(given(name) ?? '').trim(),
  );
  return said.replace(/^ +| +$/g, '').replace(/ {2,}/g, ' ');
}

export type Registration = 'registered' | 'unchanged' | { readonly failed: number };

/** In one server they appear at once but nowhere else, so in no direct message either. */
export async function registerCommands(
  commands: readonly DiscordCommand[],
  place: { readonly wire: Wire; readonly applicationId: string; readonly guildId: string | null },
): Promise<Registration> {
  const { wire, applicationId, guildId } = place;
  const route =
    guildId === null
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  const wanted = commands.map((command) => bodyOf(command, guildId === null));
  const known = await wire.insist<APIApplicationCommand[]>(
    { method: 'GET', route },
    REGISTER_WITHIN_MS,
  );
  if (known.kind === 'ok' && isSame(known.value, wanted)) return 'unchanged';
  const put = await wire.insist({ method: 'PUT', route, body: wanted }, REGISTER_WITHIN_MS);
  if (put.kind === 'ok') return 'registered';
  return { failed: put.kind === 'no' ? put.code : 0 };
}

type Body = RESTPutAPIApplicationCommandsJSONBody[number];

function bodyOf({ name, description, options = [] }: DiscordCommand, isGlobal: boolean): Body {
  return {
    type: ApplicationCommandType.ChatInput,
    name,
    description,
    options: options.map((option) => ({
      type: ApplicationCommandOptionType.String,
      name: option.name,
      description: option.description,
      required: option.isRequired ?? false,
    })),
    ...(isGlobal
      ? {
          contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
          integration_types: [ApplicationIntegrationType.GuildInstall],
        }
      : {}),
  };
}

/** Only what we say of a command is compared: Discord adds ids, versions and defaults. */
function isSame(
  known: readonly APIApplicationCommand[],
  wanted: RESTPutAPIApplicationCommandsJSONBody,
): boolean {
  const plain = (commands: readonly (APIApplicationCommand | Body)[]) =>
    JSON.stringify(commands.map(plainOf).toSorted((a, b) => (a.name < b.name ? -1 : 1)));
  return plain(known) === plain(wanted);
}

function plainOf(command: APIApplicationCommand | Body) {
  const { type, name, contexts, integration_types: places } = command;
  const description = 'description' in command ? command.description : '';
  const options = ('options' in command && command.options) || [];
  return {
    type: type ?? ApplicationCommandType.ChatInput,
    name,
    description,
    options: options.map((option) => ({
      type: option.type,
      name: option.name,
      description: option.description,
      required: ('required' in option && option.required) ?? false,
    })),
    // A server's commands have neither.
    contexts: [...(contexts ?? [])].sort(),
    places: contexts ? [...(places ?? [])].sort() : [],
  };
}
