import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { noticesText } from './noticesText.ts';
import { root } from './paths.ts';
import { main, say } from './run.ts';

main(async () => {
  writeFileSync(path.join(root, 'THIRD_PARTY_NOTICES'), noticesText());
  say('THIRD_PARTY_NOTICES is written.');
});
