// How far long work has come: a bar on a terminal's stderr, nothing where nobody watches.
export type Progress = {
  readonly told: (done: number, total: number) => void;
  readonly end: () => void;
};

export const SILENT: Progress = { told: () => undefined, end: () => undefined };

const BAR_CHARS = 30;

export async function showProgress(what: string): Promise<Progress> {
  if (!process.stderr.isTTY) return SILENT;
  const { default: cliProgress } = await import('cli-progress');
  const format = `${what} {bar} {percentage}% {eta_formatted}`;
  const look = { format, barsize: BAR_CHARS, clearOnComplete: true, stream: process.stderr };
  const bar = new cliProgress.SingleBar(look, cliProgress.Presets.rect);
  let isShown = false;
  return {
    told(done, total) {
      if (isShown) bar.setTotal(total);
      else bar.start(total, 0);
      isShown = true;
      bar.update(done);
    },
    end() {
      if (isShown) bar.stop();
    },
  };
}
