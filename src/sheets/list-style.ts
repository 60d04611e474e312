// How the printed day list looks. Sizes are those of paper: points and millimetres.
import type { ListPrint } from './list-print.ts';

/** The foot of each page says of which list it is; only digits and our own words can stand in it. */
export function listStyle({ title }: Pick<ListPrint, 'title'>): string {
  return `
@page {
  size: A4 portrait;
  margin: 12mm 10mm 15mm 14mm;
  @bottom-left { content: "${title}"; font: 12pt sans-serif; }
  @bottom-right { content: counter(page) " / " counter(pages) "쪽"; font: bold 13pt sans-serif; }
}
* { box-sizing: border-box; margin: 0; padding: 0; }
body {
  background: #fff;
  color: #000;
  font: 13.5pt/1.3 "Noto Sans KR", "Noto Sans CJK KR", "Malgun Gothic", "Apple SD Gothic Neo", sans-serif;
  word-break: keep-all;
  overflow-wrap: anywhere;
}
header { margin-bottom: 4mm; }
.which { font-size: 16pt; font-weight: bold; }
h1 { font-size: 14pt; font-weight: normal; }
.sums { font-size: 18pt; font-weight: bold; margin-top: 1mm; }
ul { list-style: none; display: flex; flex-wrap: wrap; gap: 1mm 8mm; font-size: 16pt; }
.scope { margin-top: 2mm; padding: 2mm 3mm; border: 0.8mm solid #000; font-size: 15pt; font-weight: bold; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { text-align: left; vertical-align: top; padding: 1.3mm 1.5mm; border-bottom: 0.4mm solid #000; }
thead th { border-top: 0.8mm solid #000; border-bottom-width: 0.8mm; font-size: 13pt; padding: 1mm 1.5mm; }
th:nth-child(1) { width: 20mm; }
th:nth-child(3) { width: 23mm; }
th:nth-child(4) { width: 22mm; }
tbody th { font-size: 22pt; line-height: 1.1; }
em { display: block; margin-top: 1.5mm; border: 0.5mm solid #000; font-size: 13pt; font-style: normal; line-height: 1.3; text-align: center; }
.who { font-size: 18pt; line-height: 1.2; }
.phone { white-space: nowrap; }
.who b { margin-right: 2mm; }
.memo { border-left: 1.2mm solid #000; padding-left: 2mm; }
.waybills { display: flex; flex-wrap: wrap; gap: 0 4mm; }
.waybills span { flex: 0 0 54mm; height: 8mm; border-bottom: 0.3mm solid #000; font-size: 13pt; padding-top: 1.8mm; }
.boxes b { font-size: 24pt; line-height: 1; }
.boxes p { font-size: 13pt; line-height: 1.25; }
.steps span { display: flex; align-items: center; gap: 1.5mm; height: 8mm; }
.steps i { width: 6mm; height: 6mm; border: 0.5mm solid #000; }
.struck { line-height: 1.25; }
nav { margin-bottom: 4mm; }
nav a { display: inline-block; margin-right: 4mm; padding: 2mm 0; color: #000; }
@media print { nav { display: none; } }
/* On a screen it is a sheet of paper on the table where all our pages lie, by day and by night. */
@media screen {
  html { background: #faf3ea; color-scheme: light; }
  body { max-width: 210mm; margin: 0 auto; padding: 6mm 5mm 8mm; }
  nav { display: flex; flex-wrap: wrap; gap: 2mm; }
  nav a { display: inline-flex; align-items: center; min-height: 44px; margin: 0; padding: 0 4mm; border: 1.5px solid #b0421b; border-radius: 22px; color: #b0421b; font-size: 12pt; font-weight: bold; text-decoration: none; }
  a:focus-visible { outline: 3px solid #b0421b; outline-offset: 2px; }
}
@media screen and (min-width: 220mm) {
  body { margin: 8mm auto; border-radius: 5mm; box-shadow: 0 2mm 8mm rgb(74 36 19 / 10%); padding: 10mm; }
}
@media screen and (prefers-color-scheme: dark) { html { background: #191411; } }
@media screen and (max-width: 40rem) {
  table, tbody { display: block; }
  thead, .waybills, .steps { display: none; }
  tbody tr { display: grid; grid-template-columns: 3.5rem 1fr 5rem; border-bottom: 0.4mm solid #000; }
  tbody th, td { border: 0; }
  th:nth-child(n) { width: auto; }
}
`;
}
