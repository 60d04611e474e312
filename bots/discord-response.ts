// Responses to interactions. Discord shows an error when it hears nothing for three seconds, so an answer
// that takes longer is announced first. A response can be given again without harm: an interaction takes
// only one, which is then edited. A follow-up could not, so answers are no follow-ups.
// https://docs.discord.com/developers/interactions/receiving-and-responding
import { type ButtonInteraction, InteractionResponseType, MessageFlags, Routes } from 'discord.js';
import { type Doors, filesOf } from './discord-doors.ts';
import { type DiscordForm, modalOf } from './discord-form.ts';
import { createMemory } from './discord-memory.ts';
import { type Answerable, isPrivate } from './discord-payload.ts';
import { isAsking } from './discord-press.ts';
import { closedRows, type Part, rowsShown } from './discord-render.ts';
import type { Wire } from './discord-rest.ts';

/** An answer that is ready this soon is the response itself. */
const AT_ONCE_MS = 700;
/** Discord counts its three seconds from its own clock. */
const RESPOND_WITHIN_MS = 2800;
const RESPONSE_TRY_MS = 1200;
/** What an interaction has shown can be changed for 15 minutes. */
const TOKEN_LIFE_MS = 14 * 60_000;
const TOKENS_REMEMBERED = 5000;
/** How long an answer is tried to be brought; what was done stays done, and is told when asked for. */
export const BRING_WITHIN_MS = 60_000;

const ALREADY_ANSWERED = 40060;
const INVALID_FORM = 50035;

export type Responder = {
  /** Shows the answer, to its person alone, once it is there; never rejects while `asked` does not. */
  readonly respond: (interaction: Answerable, asked: Promise<readonly Part[]>) => Promise<void>;
  /** A form must be the first response, so nothing may be asked before it is open. */
  readonly openForm: (interaction: Answerable, form: DiscordForm) => Promise<void>;
  /** Takes note of a press and shows nothing new. */
  readonly takeNote: (interaction: ButtonInteraction) => Promise<void>;
  /** Takes the buttons from a question that is answered, where its message can be reached. */
  readonly closeQuestion: (interaction: ButtonInteraction) => Promise<void>;
};

type Shown = 'yes' | 'no' | 'unsure';

export function createResponder({
  wire,
  doors,
  log,
}: {
  readonly wire: Wire;
  readonly doors: Doors;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}): Responder {
  /** By interaction, for its response is edited only with its own token. */
  const tokens = createMemory<{ readonly token: string; readonly at: number }>(TOKENS_REMEMBERED);

  /** `unsure`: something may be on screen, but perhaps not what this call would have shown. */
  async function callback(
    { id, token }: Answerable,
    withinMs: number,
    { data, ...body }: { readonly type: InteractionResponseType; readonly data?: Part | object },
  ): Promise<Shown> {
    const route = Routes.interactionCallback(id, token);
    const sent = filesOf(data ?? {});
    const outcome = await wire.insist(
      {
        ...{ method: 'POST', route, auth: false, withinMs: RESPONSE_TRY_MS },
        ...{ body: { ...body, data: sent.body }, files: sent.files },
      },
      withinMs,
    );
    if (outcome.kind === 'ok') return 'yes';
    if (outcome.kind === 'failed')
      return outcome.failure === 'time_out' || outcome.failure === 'lost_answer' ? 'unsure' : 'no';
    if (outcome.code === ALREADY_ANSWERED) return 'unsure';
    log('discord.unanswered', { code: outcome.code, status: outcome.status });
    return 'no';
  }

  /** False where there is nothing any more that could be edited. */
  async function edit({ applicationId, token }: Answerable, part: Part): Promise<boolean> {
    const route = Routes.webhookMessage(applicationId, token, '@original');
    const call = { method: 'PATCH', route, auth: false } as const;
    const sent = filesOf(part);
    const edited = await wire.insist({ ...call, ...sent }, BRING_WITHIN_MS);
    if (edited.kind !== 'no' || edited.code !== INVALID_FORM) return edited.kind === 'ok';
    const bare = { ...sent, body: { ...sent.body, components: [] } };
    return (await wire.insist({ ...call, ...bare }, BRING_WITHIN_MS)).kind === 'ok';
  }

  /** Where the response is void, the person's direct messages are the way that is left. */
  async function bring(
    interaction: Answerable,
    parts: readonly Part[],
    first: Shown,
  ): Promise<void> {
    const { id, user, token, applicationId, channelId } = interaction;
    const [head, ...rest] = parts;
    const isShown =
      first === 'yes' || (first === 'unsure' && head && (await edit(interaction, head)));
    const how = { key: id, withinMs: BRING_WITHIN_MS };
    if (!isShown) {
      const { kind } = await doors.say({ user: user.id }, parts, how);
      log('discord.answered_directly', { isShown: kind === 'ok' });
      return;
    }
    if (rest.length === 0) return;
    if (isPrivate(interaction) && channelId !== null)
      return void (await doors.say({ channelId }, rest, how));
    // Here a part has no nonce: one that is in doubt is rather shown twice than not at all.
    const route = Routes.webhook(applicationId, token);
    for (const part of rest)
      await wire.insist({ method: 'POST', route, ...filesOf(part), auth: false }, BRING_WITHIN_MS);
  }

  return {
    async respond(interaction, asked) {
      const startedAt = performance.now();
      const flags = isPrivate(interaction) ? 0 : MessageFlags.Ephemeral;
      const { id, token } = interaction;
      tokens.set(id, { token, at: startedAt });
      const own = asked.then((parts) =>
        parts.map((part) => ({ ...part, flags: (part.flags ?? 0) | flags })),
      );
      const parts = await within(AT_ONCE_MS, own);
      const leftMs = RESPOND_WITHIN_MS - (performance.now() - startedAt);
      const shown = await callback(interaction, leftMs, {
        type:
          parts === undefined
            ? InteractionResponseType.DeferredChannelMessageWithSource
            : InteractionResponseType.ChannelMessageWithSource,
        data: parts?.[0] ?? { flags },
      });
      // Announced only: what is on screen says no more than that the answer will come.
      const isAnnounced = parts === undefined && shown === 'yes';
      await bring(interaction, parts ?? (await own), isAnnounced ? 'unsure' : shown);
    },

    async openForm(interaction, form) {
      const data = modalOf(form);
      await callback(interaction, RESPOND_WITHIN_MS, { type: InteractionResponseType.Modal, data });
    },

    async takeNote(interaction) {
      const type = InteractionResponseType.DeferredMessageUpdate;
      await callback(interaction, RESPOND_WITHIN_MS, { type });
    },

    async closeQuestion(interaction) {
      const { message, channelId, applicationId, user } = interaction;
      const rows = rowsShown(message);
      const body = { components: closedRows(rows, isAsking) };
      const source = message.interactionMetadata;
      const known = source === null ? undefined : tokens.get(source.id);
      const isOwn = source?.user.id === user.id;
      if (isPrivate(interaction)) {
        const route = Routes.channelMessage(channelId, message.id);
        await wire.call({ method: 'PATCH', route, body });
      } else if (isOwn && known && performance.now() - known.at < TOKEN_LIFE_MS) {
        const route = Routes.webhookMessage(applicationId, known.token, message.id);
        await wire.call({ method: 'PATCH', route, body, auth: false });
      }
    },
  };
}

/** Undefined when the time is over first; `work` itself goes on. */
function within<T>(timeoutMs: number, work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, timeoutMs, undefined);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
