import { testStore } from '../contracts/store.ts';
import { testPages } from '../contracts/store-pages.ts';
import { openPostgresStore } from '../support/postgres.ts';

testStore('PostgreSQL', openPostgresStore);
testPages('PostgreSQL', openPostgresStore);
