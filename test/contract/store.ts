// npm run contract:store: stores what workflows depend on as it is now, and says what has changed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { difference, inWords } from './described';
import { builtContract, STORED } from './package';

const before = existsSync(STORED) ? JSON.parse(readFileSync(STORED, 'utf8')) : {};
const now = builtContract();
writeFileSync(STORED, `${JSON.stringify(now, null, '\t')}\n`);
const { broken, added } = difference(before, now);
console.log(`${Object.keys(now).length} entries, ${added.length} of them new.`);
if (broken.length > 0) console.log(inWords({ broken, added: [] }));
