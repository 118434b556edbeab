#!/usr/bin/env node
/** `npx tieline …`: the command line, through the same door as the npm scripts. */
process.argv.splice(2, 0, 'tieline');
await import('./bootstrap.mjs');
