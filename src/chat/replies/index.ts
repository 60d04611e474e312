// Every sentence people read, by audience and topic; others import it from here.
// Short, warm 해요체, numbers first, one question at a time.
export * from './accounts.ts';
export * from './buyer-notices.ts';
export * from './cancelling.ts';
export * from './card.ts';
export * from './changing.ts';
export * from './day-list.ts';
export * from './deposits.ts';
export { DISCORD_WORDS } from './discord.ts';
export * from './farm-days.ts';
export * from './farm-refusals.ts';
export * from './farm-reports.ts';
export * from './farm-waybills.ts';
export * from './forms.ts';
export * from './letters.ts';
export * from './money.ts';
export { AUDIENCE_WORDS, CARRIER_NAMES, PLATFORM_WORDS, STATE_WORDS } from './names.ts';
export { noOrders, orderStatus, preorderMark, type StepTimes } from './order-status.ts';
export {
  BUTTONS,
  choice,
  combine,
  isLabel,
  labelsOf,
  lengthOf,
  plainLabel,
  say,
  together,
  withLine,
} from './parts.ts';
export * from './paying.ts';
export * from './personal-data.ts';
export * from './platform.ts';
export * from './questions.ts';
export * from './receipts.ts';
export {
  askDelivered,
  askTrouble,
  complaint,
  noTrouble,
  nothingOnItsWay,
  nothingToWaitFor,
  notYetThere,
  received,
  waiting,
  whichReceived,
} from './receiving.ts';
export * from './refunds.ts';
export * from './refusals.ts';
export { parcelOf, rowsWithNames } from './rows.ts';
export * from './seller.ts';
export * from './staff.ts';
export * from './staff-notices.ts';
export { ENGLISH, KOREAN, spoken, type Tongue } from './tongue.ts';
export * from './undoing.ts';
export * from './week.ts';
export * from './welcome.ts';
export * from './why.ts';
