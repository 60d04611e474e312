// What Discord refuses of a message, a form or a list of commands.
// https://docs.discord.com/developers/components/reference

type Fields = Readonly<Record<string, unknown>>;

const CUSTOM_ID_MAX = 100;

/** Each sentence names a limit that is broken; none when Discord would take it. */
export function problemsOfMessage(body: Fields): string[] {
  const problems: string[] = [];
  const content = typeof body.content === 'string' ? body.content : '';
  if ([...content].length > 2000) problems.push('content is longer than 2000');
  const rows = listOf(body.components);
  if (rows.length > 5) problems.push('more than 5 rows');
  const ids = new Set<unknown>();
  for (const row of rows) {
    if (row.type !== 1) problems.push('a component stands outside a row');
    const buttons = listOf(row.components);
    if (buttons.length < 1 || buttons.length > 5) problems.push('a row without 1 to 5 buttons');
    for (const button of buttons) problems.push(...problemsOfButton(button, ids));
  }
  return problems;
}

function problemsOfButton(button: Fields, ids: Set<unknown>): string[] {
  const { label, custom_id: id, url, style } = button;
  const problems: string[] = [];
  if (typeof label !== 'string' || label === '' || [...label].length > 80)
    problems.push('a label without 1 to 80 characters');
  if (style === 5) {
    if (id !== undefined) problems.push('a link with a custom_id');
    if (typeof url !== 'string' || url.length > 512 || !/^https?:\/\/\S+$/.test(url))
      problems.push('a link that is no address of at most 512 characters');
    return problems;
  }
  if (typeof id !== 'string' || id === '' || [...id].length > CUSTOM_ID_MAX)
    problems.push('a custom_id without 1 to 100 characters');
  if (ids.has(id)) problems.push('a custom_id twice');
  ids.add(id);
  return problems;
}

export function isEmptyMessage(body: Fields): boolean {
  const has = (part: unknown) => Array.isArray(part) && part.length > 0;
  return !body.content && !has(body.components) && !has(body.files);
}

export function problemsOfModal(data: Fields): string[] {
  const { title, custom_id: id } = data;
  const problems: string[] = [];
  if (typeof title !== 'string' || title === '' || title.length > 45) problems.push('the title');
  if (typeof id !== 'string' || id === '' || id.length > CUSTOM_ID_MAX) problems.push('the id');
  const labels = listOf(data.components);
  if (labels.length < 1 || labels.length > 5) problems.push('not 1 to 5 fields');
  for (const { type, label, component } of labels) {
    const input = fieldsOf(component);
    if (type !== 18 || input.type !== 4) problems.push('a field that is no labelled text input');
    if (typeof label !== 'string' || label === '' || label.length > 45) problems.push('a label');
    if (String(input.placeholder ?? '').length > 100) problems.push('a placeholder');
    if (Number(input.max_length) > 4000) problems.push('a max_length');
    if (input.style !== 1 && input.style !== 2) problems.push('a style');
  }
  return problems;
}

export function problemsOfCommands(commands: readonly Fields[]): string[] {
  const names = new Set<unknown>();
  const isName = (name: unknown) =>
    typeof name === 'string' &&
    /^[-_'\p{L}\p{N}]{1,32}$/u.test(name) &&
    name === name.toLowerCase();
  const isAbout = (text: unknown) => typeof text === 'string' && text !== '' && text.length <= 100;
  return commands.flatMap((command) => {
    const { name, description } = command;
    const options = listOf(command.options);
    const problems = [
      ...(isName(name) && !names.has(name) ? [] : [`the name ${name}`]),
      ...(isAbout(description) ? [] : [`the description of ${name}`]),
      ...options.filter((one) => !isName(one.name)).map((one) => `the option ${one.name}`),
      ...options.filter((one) => !isAbout(one.description)).map((one) => `about ${one.name}`),
    ];
    names.add(name);
    const firstFree = options.findIndex(({ required }) => required !== true);
    if (firstFree >= 0 && options.slice(firstFree).some(({ required }) => required === true))
      problems.push(`${name} asks for an option behind a free one`);
    return problems;
  });
}

export function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
