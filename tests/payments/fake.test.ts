import { createFakeProvider } from '../../src/payments/fake.ts';
import { testProvider } from '../contracts/provider.ts';

testProvider('the fake company', createFakeProvider);
