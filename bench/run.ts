// `npm run bench`: speed as ratios within one run. `npm run bench -- store` runs one part.
import { calibrate } from './measure.ts';

const PARTS: Readonly<Record<string, () => Promise<string[]>>> = {
  store: async () => (await import('./store.ts')).benchStore(),
  reading: async () => (await import('./reading.ts')).benchReading(),
  start: async () => (await import('./start.ts')).benchStart(),
  backup: async () => (await import('./backup.ts')).benchBackup(),
  stores: async () => (await import('./stores.ts')).benchStores(),
  postgres: async () => (await import('./postgres.ts')).benchPostgres(),
  planner: async () => (await import('./planner.ts')).benchPlanner(),
  'day-list': async () => (await import('./day-list.ts')).benchDayList(),
  deposits: async () => (await import('./deposits.ts')).benchDeposits(),
  kakao: async () => (await import('./kakao.ts')).benchKakao(),
  live: async () => (await import('./live.ts')).benchLive(),
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(`no part ${unknown.join()}; there are ${Object.keys(PARTS).join(' ')}`);
  process.exit(2);
}
console.log(`calibration loop: ${Math.round(calibrate())} ms, node ${process.version}`);
for (const [name, bench] of Object.entries(PARTS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  for (const line of await bench()) console.log(`${name}  ${line}`);
}
