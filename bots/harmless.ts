const FRAMES_LOGGED = 5;

/**
 * Where something broke, for a log, without the message: that may quote what a person wrote, and on
 * lines of its own. As `whereItBroke` of the core, which bots do not know.
 */
export function harmless(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { name, message, stack = '' } = error;
  const from = stack.indexOf(message);
  const frames = from < 0 ? stack : stack.slice(from + message.length);
  const lines = frames.split('\n').filter((line) => line.startsWith('    at '));
  return { error: name, at: lines.slice(0, FRAMES_LOGGED).map((line) => line.trim()) };
}
