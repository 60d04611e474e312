// Mends what is kept twice from what it was made of. Nothing else can be mended without knowing what
// happened: such faults are only told.
import type { Database } from 'better-sqlite3';
import { checkRule, RULES } from './doctor.ts';
import { keepServersOut, letServersIn } from './exclusive.ts';

const LIVE = `p.store_id = days.store_id AND p.harvest_date = days.date
  AND p.state NOT IN ('waiting', 'cancelled')`;
/** A date that would then be above its cap is left alone: no recount can say who has to go. */
const RECOUNT = `UPDATE OR IGNORE days SET
    reserved_boxes = (SELECT coalesce(sum(p.boxes), 0) FROM parcels p WHERE ${LIVE}),
    product_boxes = (SELECT json_group_object(product, boxes) FROM (
      SELECT json_extract(i.value, '$.product') AS product,
             sum(json_extract(i.value, '$.boxes')) AS boxes
      FROM parcels p, json_each(p.items) i WHERE ${LIVE} GROUP BY 1))
  WHERE reserved_boxes <> (SELECT coalesce(sum(p.boxes), 0) FROM parcels p WHERE ${LIVE})
     OR reserved_boxes <> (SELECT coalesce(sum(value), 0) FROM json_each(product_boxes))`;
const WAYBILL = `json_extract(k.value, '$.waybill')`;

/** By the rule of the doctor that finds the fault. */
const MENDS: Readonly<Record<string, readonly string[]>> = {
  'reserved boxes equal the live parcels of each date': [RECOUNT],
  'boxes per product add up to the reserved boxes': [RECOUNT],
  'waybills are found on the parcels that have them': [
    `DELETE FROM waybills WHERE NOT EXISTS (
       SELECT 1 FROM parcels p, json_each(p.packages) k WHERE p.store_id = waybills.store_id
         AND p.id = waybills.parcel_id AND ${WAYBILL} = waybills.waybill)`,
    `INSERT OR IGNORE INTO waybills (store_id, waybill, parcel_id, at)
       SELECT p.store_id, ${WAYBILL}, p.id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
       FROM parcels p, json_each(p.packages) k WHERE ${WAYBILL} IS NOT NULL`,
  ],
};

/** Answers the rules whose faults are gone. Throws LeaseTaken while a server runs. */
export function mend(db: Database, now: Date): string[] {
  const isBroken = (name: string) => {
    const rule = RULES.find((one) => one.name === name);
    if (rule === undefined) throw new Error(`no rule of the doctor is called ${name}`);
    return !checkRule(rule, (sql) => db.prepare(sql).pluck().all().map(String)).ok;
  };
  keepServersOut(db, now);
  try {
    const broken = Object.keys(MENDS).filter(isBroken);
    db.transaction(() => {
      for (const name of broken) for (const sql of MENDS[name] ?? []) db.exec(sql);
    }).immediate();
    return broken.filter((name) => !isBroken(name));
  } finally {
    letServersIn(db);
  }
}
