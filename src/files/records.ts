// The records of a text with separators, each with the line on which it begins.
import { parse } from 'csv-parse/sync';

/** `cells` is null where the line cannot be read. */
export type TextRecord = {
  readonly line: number;
  readonly cells: readonly string[] | null;
  readonly text: string;
};

export const DELIMITERS = [',', '\t', ';', '|'] as const;

/** Where the text cannot be read as a whole, each line is read by itself. */
export function records(text: string, delimiter: string): TextRecord[] {
  try {
    return parsed(text, { delimiter, line: 1 });
  } catch {
    return linesAlone(text, { delimiter, line: 1 });
  }
}

/** A quote that is never closed swallows the lines below it: each counts by itself then. */
export function unswallowed(
  record: TextRecord,
  { delimiter, columns }: { readonly delimiter: string; readonly columns: number },
): readonly TextRecord[] {
  if (!record.text.includes('\n')) return [record];
  const lines = linesAlone(record.text, { delimiter, line: record.line });
  const isWhole =
    record.cells?.length === columns &&
    lines.every(({ cells }) => cells === null || cells.length < columns);
  return isWhole ? [record] : lines;
}

/** Every line read by itself; one that cannot be is a record without cells. */
function linesAlone(
  text: string,
  { delimiter, line }: { readonly delimiter: string; readonly line: number },
): TextRecord[] {
  return text.split(/\r?\n/).flatMap((one, at) => {
    const place = { delimiter, line: line + at };
    if (one.trim() === '') return [];
    try {
      return parsed(one, place);
    } catch {
      return [{ line: place.line, cells: null, text: one }];
    }
  });
}

function parsed(
  text: string,
  { delimiter, line }: { readonly delimiter: string; readonly line: number },
): TextRecord[] {
  const found: unknown = parse(text, {
    delimiter,
    bom: true,
    info: true,
    raw: true,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  return (found as { record: string[]; raw: string; info: { lines: number } }[]).map(
    ({ record, raw, info }) => {
      const own = raw.replace(/\r?\n$/, '');
      return { line: line + info.lines - own.split('\n').length, cells: record, text: own };
    },
  );
}
