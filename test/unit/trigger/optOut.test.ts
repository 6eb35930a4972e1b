import fc from 'fast-check';

import { isOptOut } from '../../../nodes/webhook/optOut';

it.each([
	'STOP',
	'stop',
	' Stop. ',
	'"STOP"',
	'Stop!!!',
	'stop 🛑',
	'\u200eSTOP\n',
	'ＳＴＯＰ',
	'STOPALL',
	'stop all',
	'Unsubscribe',
	'UNSUB',
	'cancel',
	'End',
	'quit',
	'revoke',
	'OPT-OUT',
	'opt out',
	'optout',
	'remove',
	'ARRET',
	'Arrêt',
	'arrête',
	'ALTO',
	'¡Alto!',
])('%j is an opt-out', (text) => {
	expect(isOptOut(text)).toBe(true);
});

it.each([
	'stop by tomorrow',
	'Please stop by the shop at 5',
	'non-stop',
	'Stopp',
	'bus stop',
	'do not stop',
	"don't stop",
	'the end',
	'end of day works',
	'Cancel my order',
	'cancel?  no',
	'canceled',
	'START',
	'YES',
	'altogether',
	'el más alto',
	'quit claim deed',
	'remove item 3',
	'',
	'   ',
	'🛑',
	null,
	undefined,
	`stop${' '.repeat(100)}`,
])('%j is none', (text) => {
	expect(isOptOut(text)).toBe(false);
});

it('no word beside it makes it one', () => {
	const word = fc.stringMatching(/^[a-z]{2,10}$/).filter((one) => !['all', 'out'].includes(one));
	fc.assert(
		fc.property(word, fc.boolean(), (other, before) => {
			expect(isOptOut(before ? `${other} stop` : `stop ${other}`)).toBe(false);
		}),
	);
});
