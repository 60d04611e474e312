// Kakao's side for tests: the payload it posts, a person who types and presses, and a strict check
// of what we answer. https://kakaobusiness.gitbook.io/main/tool/chatbot/skill_guide/answer_json_format

export const KAKAO_BOT = '66f1a0c2d94e5b0013aa77b1';

export type PayloadParts = {
  readonly utterance: unknown;
  readonly user?: unknown;
  readonly bot?: string;
  readonly extra?: unknown;
  readonly media?: unknown;
  /** What an event gives to the call of the skill. */
  readonly params?: Readonly<Record<string, unknown>>;
};

export function kakaoPayload(parts: PayloadParts) {
  const { utterance, user = 'botuserkey-1', bot = KAKAO_BOT, extra = null, media } = parts;
  const { params = {} } = parts;
  const block = { id: '66f1a1b0aa20e100124c9d02', name: '폴백 블록' };
  return {
    bot: { id: bot, name: '주문봇' },
    intent: { ...block, extra: { reason: { code: 1, message: 'OK' } } },
    action: { id: 'a1', name: '주문 스킬', params: {}, detailParams: {}, clientExtra: extra },
    userRequest: {
      block,
      user: { id: user, type: 'botUserKey', properties: { botUserKey: user } },
      utterance,
      params: {
        surface: 'Kakaotalk.plusfriend',
        ...(media === undefined ? {} : { media }),
        ...params,
      },
      lang: 'ko',
      timezone: 'Asia/Seoul',
    },
    contexts: [],
    flow: { trigger: { type: 'TEXT_INPUT' } },
  };
}

export type KakaoShown = {
  readonly texts: readonly string[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly choices: readonly {
    readonly label: string;
    readonly messageText: string;
    readonly extra?: unknown;
  }[];
};

/** One person in one chat room. Throws where Kakao would show nothing or not all of it. */
export class KakaoUser {
  readonly user: string;
  readonly #bot: string;
  readonly #url: string;
  readonly #headers: Record<string, string>;
  #shown: KakaoShown = { texts: [], links: [], choices: [] };

  constructor(url: string, user = 'botuserkey-1', secret?: string, bot = KAKAO_BOT) {
    this.user = user;
    this.#bot = bot;
    this.#url = url;
    this.#headers = {
      'content-type': 'application/json;charset=UTF-8',
      ...(secret === undefined ? {} : { 'x-sanji-secret': secret }),
    };
  }

  say(utterance: string): Promise<KakaoShown> {
    return this.post(JSON.stringify(kakaoPayload({ utterance, user: this.user, bot: this.#bot })));
  }

  press(label: string): Promise<KakaoShown> {
    const choice = this.#shown.choices.find((shown) => shown.label === label);
    if (choice === undefined) throw new Error(`no choice "${label}" is shown`);
    const { messageText: utterance, extra } = choice;
    return this.post(
      JSON.stringify(kakaoPayload({ utterance, user: this.user, bot: this.#bot, extra })),
    );
  }

  async post(body: string): Promise<KakaoShown> {
    const response = await fetch(this.#url, { method: 'POST', headers: this.#headers, body });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`status ${response.status}: ${text}`);
    const problems = problemsOf(text);
    if (problems.length > 0) throw new Error(`not to be shown: ${problems.join('; ')}`);
    this.#shown = shownOf(text);
    return this.#shown;
  }
}

/** What a valid body puts on the screen. */
export function shownOf(body: string): KakaoShown {
  // The one unchecked step of the tests: `problemsOf` has looked at every field before.
  const { outputs, quickReplies } = JSON.parse(body).template;
  const texts: string[] = [];
  const links: { label: string; url: string }[] = [];
  for (const { simpleText, textCard } of outputs) {
    texts.push(simpleText?.text ?? textCard.description);
    for (const button of textCard?.buttons ?? [])
      links.push({ label: button.label, url: button.webLinkUrl });
  }
  return { texts, links, choices: quickReplies ?? [] };
}

/** Every broken rule of a SkillResponse, for the components we use; none means it is shown. */
export function problemsOf(body: string): readonly string[] {
  const problems: string[] = [];
  const bytes = Buffer.byteLength(body);
  if (bytes > 30_000) problems.push(`${bytes} bytes`);
  let response: unknown;
  try {
    response = JSON.parse(body);
  } catch {
    return ['not JSON'];
  }
  const check = new Check(problems);
  const root = check.object(response, 'response', ['version', 'template']);
  if (root.version !== '2.0') problems.push('version is not "2.0"');
  const template = check.object(root.template, 'template', ['outputs', 'quickReplies']);
  const outputs = check.list(template.outputs, 'outputs', 1, 3);
  outputs.forEach((output, at) => {
    checkOutput(check, output, `outputs[${at}]`);
  });
  if (template.quickReplies === undefined) return problems;
  const quickReplies = check.list(template.quickReplies, 'quickReplies', 1, 10);
  const labels = quickReplies.map((reply, at) =>
    checkQuickReply(check, reply, `quickReplies[${at}]`),
  );
  check.distinct(labels, 'quickReplies');
  return problems;
}

function checkOutput(check: Check, value: unknown, path: string): void {
  const output = check.object(value, path, ['simpleText', 'textCard']);
  if (Object.keys(output).length !== 1) check.problem(path, 'not exactly one component');
  if ('simpleText' in output) {
    const text = check.object(output.simpleText, path, ['text']);
    check.text(text.text, `${path}.text`, 500);
  }
  if (!('textCard' in output)) return;
  const card = check.object(output.textCard, path, ['description', 'buttons', 'buttonLayout']);
  check.text(card.description, `${path}.description`, 400);
  if (card.buttonLayout !== 'vertical')
    check.problem(path, 'labels of 14 need the vertical layout');
  const buttons = check.list(card.buttons, `${path}.buttons`, 1, 3);
  const labels = buttons.map((value, at) => {
    const here = `${path}.buttons[${at}]`;
    const button = check.object(value, here, ['label', 'action', 'webLinkUrl']);
    if (button.action !== 'webLink') check.problem(here, 'not a webLink');
    const url = check.text(button.webLinkUrl, here, 1_000);
    if (!/^https?:\/\/\S+$/.test(url) || !URL.canParse(url)) check.problem(here, `no URL: ${url}`);
    return check.text(button.label, `${here}.label`, 14);
  });
  check.distinct(labels, path);
}

function checkQuickReply(check: Check, value: unknown, path: string): string {
  const reply = check.object(value, path, ['label', 'action', 'messageText', 'extra']);
  if (reply.action !== 'message') check.problem(path, 'not a message');
  check.text(reply.messageText, `${path}.messageText`, 1_000);
  if (reply.extra !== undefined) {
    const extra = check.object(reply.extra, `${path}.extra`, ['k', 'a', 'r']);
    // A press that may be made again and again has no key.
    for (const name of extra.k === undefined ? ['a', 'r'] : ['k', 'a', 'r'])
      if (typeof extra[name] !== 'string') check.problem(path, `extra.${name} is not a string`);
  }
  return check.text(reply.label, `${path}.label`, 14);
}

class Check {
  readonly #problems: string[];

  constructor(problems: string[]) {
    this.#problems = problems;
  }

  problem(path: string, what: string): void {
    this.#problems.push(`${path}: ${what}`);
  }

  object(value: unknown, path: string, known: readonly string[]): Record<string, unknown> {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      this.problem(path, 'not an object');
      return {};
    }
    const fields = Object.fromEntries(Object.entries(value));
    for (const name of Object.keys(fields))
      if (!known.includes(name)) this.problem(path, `unknown field ${name}`);
    return fields;
  }

  list(value: unknown, path: string, min: number, max: number): readonly unknown[] {
    if (!Array.isArray(value)) {
      this.problem(path, 'not a list');
      return [];
    }
    if (value.length < min || value.length > max) this.problem(path, `${value.length} entries`);
    return value;
  }

  text(value: unknown, path: string, max: number): string {
    if (typeof value !== 'string') {
      this.problem(path, 'not a string');
      return '';
    }
    const count = [...value].length;
    if (count > max) this.problem(path, `${count} characters of ${max}`);
    if (value.trim() === '') this.problem(path, 'empty');
    if (!value.isWellFormed() || value.includes('\uFFFD')) this.problem(path, 'broken characters');
    if (/(?![\n\t])\p{Cc}/u.test(value)) this.problem(path, 'control characters');
    return value;
  }

  distinct(labels: readonly string[], path: string): void {
    if (new Set(labels).size < labels.length) this.problem(path, 'two labels are equal');
  }
}
