import { testDeposits } from '../contracts/deposits.ts';
import { testPapers } from '../contracts/papers.ts';
import { testQuestions } from '../contracts/questions.ts';
import { testReceipts } from '../contracts/receipts.ts';
import { testRefunds } from '../contracts/refunds.ts';
import { testSettlement } from '../contracts/settlement.ts';
import { testStore } from '../contracts/store.ts';
import { testPages } from '../contracts/store-pages.ts';
import { openPostgresStore } from '../support/postgres.ts';

testStore('PostgreSQL', openPostgresStore);
testDeposits('PostgreSQL', openPostgresStore);
testQuestions('PostgreSQL', openPostgresStore);
testReceipts('PostgreSQL', openPostgresStore);
testPapers('PostgreSQL', openPostgresStore);
testRefunds('PostgreSQL', openPostgresStore);
testSettlement('PostgreSQL', openPostgresStore);
testPages('PostgreSQL', openPostgresStore);
