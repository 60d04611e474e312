#!/usr/bin/env node
// The `sanji` command after `npm link`: the CLI on a Node that can run it.
import { launch } from './launch.mjs';

await launch(['scripts/sanji.ts', ...process.argv.slice(2)]);
