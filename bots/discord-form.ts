// Forms to fill in: what is written in them becomes a text that the shop reads like any other.
import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import { clean } from './plain-text.ts';

const TITLE_MAX = 45;
const LABEL_MAX = 45;
const PLACEHOLDER_MAX = 100;

export type DiscordForm = {
  /** Stands in custom ids. */
  readonly id: string;
  readonly title: string;
  /** Words whose buttons open it. */
  readonly opens: readonly string[];
  /** One to five. */
  readonly fields: readonly {
    readonly id: string;
    readonly label: string;
    /** What the text calls it; null where the text is this field alone. */
    readonly readAs: string | null;
    readonly placeholder: string;
    readonly charsMax: number;
    readonly isLong: boolean;
    readonly isRequired: boolean;
  }[];
};

export function modalOf(form: DiscordForm): APIModalInteractionResponseCallbackData {
  return {
    custom_id: form.id,
    title: form.title.slice(0, TITLE_MAX),
    components: form.fields.map((field) => ({
      type: ComponentType.Label,
      label: field.label.slice(0, LABEL_MAX),
      component: {
        type: ComponentType.TextInput,
        custom_id: field.id,
        style: field.isLong ? TextInputStyle.Paragraph : TextInputStyle.Short,
        placeholder: field.placeholder.slice(0, PLACEHOLDER_MAX),
        max_length: field.charsMax,
        required: field.isRequired,
      },
    })),
  };
}

/** `Name: value` for each field that was filled in, a line each. */
export function textOfForm(form: DiscordForm, given: (fieldId: string) => string): string {
  return form.fields
    .flatMap(({ id, readAs }) => {
      const value = clean(given(id)).trim();
      if (value === '') return [];
      return [readAs === null ? value : `${readAs}: ${value.replace(/\s*\n\s*/g, ' ')}`];
    })
    .join('\n');
}
