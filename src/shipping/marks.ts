// Our own mark of a package in a carrier's files, `P7-042/2-1`: the order, its second recipient, his first
// package. A carrier that gives it back says without doubt which package a number is for.

export type PackageMark = { readonly code: string; readonly parcelNo: number; readonly no: number };

const MARK = /(?<![A-Z\d])([A-Z]\d-\d{3})\/(\d{1,3})-(\d{1,3})(?!\d)/g;

export function markOf({ code, parcelNo, no }: PackageMark): string {
  return `${code}/${parcelNo}-${no}`;
}

/** All marks in a text, each once. */
export function marksIn(text: string): readonly PackageMark[] {
  const plain = text.normalize('NFKC').toUpperCase();
  const found = [...plain.matchAll(MARK)].map(([, code = '', parcelNo, no]) => ({
    code,
    parcelNo: Number(parcelNo),
    no: Number(no),
  }));
  return [...new Map(found.map((mark) => [markOf(mark), mark])).values()];
}
